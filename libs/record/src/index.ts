export type { Record, Batch, Value } from './record.js';
export type { Field, FieldType, RecordSchema } from './schema.js';
export { encodeCursor, decodeCursor } from './cursor.js';
