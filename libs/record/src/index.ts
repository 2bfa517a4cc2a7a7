export type { RecordSchema } from './schema.js';
export { encodeCursor, decodeCursor } from './cursor.js';
export type { Page } from './page.js';
