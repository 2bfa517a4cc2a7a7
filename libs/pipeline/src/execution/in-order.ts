import type { RecordSchema } from '@weir/record';
import { filledNames } from '../ports/transform.js';
import { identifier } from '../ports/workspace.js';

/** What transforms handed on as it is kept, as a query: by series and day, with the names of the metrics that were filled. */
export function inOrder(relation: string, schema: RecordSchema): string {
  const key = [...schema.series, schema.time].map(identifier).join(', ');
  return `SELECT * REPLACE (${filledNames(schema)} AS filled) FROM (SELECT * FROM ${relation} ORDER BY ${key})`;
}
