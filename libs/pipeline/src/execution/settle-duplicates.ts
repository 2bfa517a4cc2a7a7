import type { RecordSchema } from '@weir/record';
import type { Warning } from '../ports/source.js';
import { identifier, type Workspace } from '../ports/workspace.js';

/**
 * Leaves one row per series and day in `parsed`: of rows with the same figures the first in the source stays, and rows
 * that contradict one another are marked as rejected, all of them, because nothing says which one is right.
 */
export async function settleDuplicates(parsed: string, schema: RecordSchema, workspace: Workspace): Promise<Warning[]> {
  const keyFields = [...schema.series, schema.time].map(identifier);
  const key = keyFields.join(', ');
  const figures = `[${schema.metrics.map(identifier).join(', ')}]`;
  const duplicates = workspace.fresh('duplicates');
  // Which they are is found first, because it is cheap, and there are hardly ever any.
  const repeated = `SELECT ${key} FROM ${parsed} WHERE _code IS NULL GROUP BY ${key} HAVING count(*) > 1`;
  await workspace.run(
    `CREATE TABLE ${duplicates} AS
     SELECT ${key}, min({file: _file, row: _row}) AS first, count(DISTINCT ${figures}) > 1 AS contradicting, count(*) AS n
     FROM ${parsed} SEMI JOIN (${repeated}) USING (${key}) WHERE _code IS NULL GROUP BY ${key}`,
  );
  const [found] = await workspace.query<{ repeated: number | null; contradicting: number }>(
    `SELECT sum(n - 1) FILTER (NOT contradicting)::BIGINT AS repeated, count(*) FILTER (contradicting) AS contradicting
     FROM ${duplicates}`,
  );
  const match = keyFields.map((field) => `p.${field} = d.${field}`).join(' AND ');
  if (found?.contradicting) {
    await workspace.run(
      `UPDATE ${parsed} p SET _code = 'contradicting_rows',
         _reason = 'other rows give the same series and day other figures; the first is ' || d.first.file || ':' || d.first.row
       FROM ${duplicates} d WHERE d.contradicting AND p._code IS NULL AND ${match}`,
    );
  }
  if (!found?.repeated) return [];
  await workspace.run(
    `DELETE FROM ${parsed} p USING ${duplicates} d
     WHERE NOT d.contradicting AND p._code IS NULL AND ${match} AND {file: p._file, row: p._row} <> d.first`,
  );
  return [
    {
      code: 'duplicate_rows',
      message: 'rows that repeat the series, day and figures of another row were counted once',
      count: found.repeated,
    },
  ];
}
