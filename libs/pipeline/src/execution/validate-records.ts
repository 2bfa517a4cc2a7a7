import type { RecordSchema } from '@weir/record';
import { identifier, literal, type Workspace } from '../ports/workspace.js';
import { FIRST_DAY, LAST_DAY } from './text-sql.js';

/** Characters of a text, at most: more is a misread file, not a name. */
const LONGEST_TEXT = 500;

/**
 * Checks every record before anything is published: the sink would turn a missing field into a default, and a bad day
 * into a wrong year, without a word.
 * @param input is read several times: not a view over what has to be computed.
 * @returns the valid records, `input` itself where all are; and the others as `file, row, code, reason, record`.
 */
export async function validateRecords(
  input: string,
  schema: RecordSchema,
  workspace: Workspace,
): Promise<{ relation: string; rejects: string }> {
  const problems = [
    ...[...schema.series, ...schema.labels].flatMap((field) => {
      const text = identifier(field);
      return [
        { test: `coalesce(${text}, '') = ''`, code: 'missing_value', reason: `${field}: blank` },
        { test: `contains(${text}, chr(0))`, code: 'invalid_text', reason: `${field}: contains NUL` },
        {
          test: `length(${text}) > ${LONGEST_TEXT}`,
          code: 'invalid_text',
          reason: `${field}: longer than ${LONGEST_TEXT} characters`,
        },
      ];
    }),
    {
      test: `${identifier(schema.time)} IS NULL OR ${identifier(schema.time)} NOT BETWEEN DATE '${FIRST_DAY}' AND DATE '${LAST_DAY}'`,
      code: 'invalid_date',
      reason: `${schema.time}: not between ${FIRST_DAY} and ${LAST_DAY}`,
    },
    ...schema.metrics.map((metric) => ({
      test: `NOT isfinite(${identifier(metric)})`,
      code: 'invalid_figure',
      reason: `${metric}: not a finite number`,
    })),
  ];
  const cases = (pick: 'code' | 'reason') =>
    `CASE ${problems.map((problem) => `WHEN ${problem.test} THEN ${literal(problem[pick])}`).join(' ')}
      WHEN repeated > 1 THEN ${pick === 'code' ? `'duplicate_row'` : `'several rows for one series and day'`} END`;
  const key = [...schema.series, schema.time].map(identifier).join(', ');
  const repeated = workspace.fresh('repeated');
  await workspace.run(
    `CREATE TABLE ${repeated} AS SELECT ${key}, count(*) AS repeated FROM ${input} GROUP BY ALL HAVING count(*) > 1`,
  );
  const checked = `SELECT *, ${cases('code')} AS _code, ${cases('reason')} AS _reason
    FROM ${input} LEFT JOIN ${repeated} USING (${key})`;
  const flawed = workspace.fresh('flawed');
  await workspace.run(`CREATE TABLE ${flawed} AS SELECT * FROM (${checked}) WHERE _code IS NOT NULL`);
  const rejects = workspace.fresh('invalid');
  const fields = [...schema.series, ...schema.labels, schema.time, ...schema.metrics].map(
    (name) => `${identifier(name)} := ${identifier(name)}`,
  );
  await workspace.run(
    `CREATE VIEW ${rejects} AS SELECT _file AS file, _row AS row, _code AS code, _reason AS reason,
       to_json(struct_pack(${fields.join(', ')}))::VARCHAR AS record FROM ${flawed}`,
  );
  const [{ n } = { n: 0 }] = await workspace.query<{ n: number }>(`SELECT count(*) AS n FROM ${flawed}`);
  if (n === 0) return { relation: input, rejects };
  const relation = workspace.fresh('valid');
  await workspace.run(
    `CREATE VIEW ${relation} AS SELECT * EXCLUDE (_code, _reason, repeated) FROM (${checked}) WHERE _code IS NULL`,
  );
  return { relation, rejects };
}
