import type { RecordSchema } from '@weir/record';
import type { Mapping } from '../definition/plan.js';
import { WeirError } from '../errors/weir-error.js';
import type { RawExtraction, Warning } from '../ports/source.js';
import { basisOf, NOTHING_FILLED } from '../ports/transform.js';
import { identifier, literal, type Workspace } from '../ports/workspace.js';
import { checkTotal, type Totals } from './check-total.js';
import { distinctTexts, rawText } from './distinct-texts.js';
import { readFields, textColumn, textFields, type FieldReading, type Problem } from './read-fields.js';
import { settleDuplicates } from './settle-duplicates.js';
import { figureError, figureValue, folded, textOf } from './text-sql.js';

/** Records made of a source's text, and what could not be made into one. */
export interface MappedRecords {
  /** A relation as transforms take it (see ports/transform.ts). */
  readonly relation: string;
  /** `file, row, code, reason, record`. */
  readonly rejects: string;
  readonly warnings: readonly Warning[];
  /** Gives back the memory that `relation` takes, after it was read for the last time. */
  readonly free: () => Promise<void>;
}

/**
 * Text → records, in SQL: drops what the mapping ignores, looks names up in the dictionary, reads days and figures,
 * settles duplicate rows, checks the parts against the total, and turns running totals into daily figures.
 *
 * Rejects a row with `missing_value`, `unknown_name`, `invalid_date`, `invalid_figure` or `contradicting_rows`.
 * Errors: `rows_lost`, `unknown_name` (names in no dictionary, all of them), `total_not_found`, `total_mismatch`.
 */
export async function mapRecords(
  raw: RawExtraction,
  mapping: Mapping,
  schema: RecordSchema,
  workspace: Workspace,
): Promise<MappedRecords> {
  const fields = await textFields(mapping, schema, workspace);
  const fieldTexts = fields.map(({ text }) => text);
  const all = await distinctTexts([...asideTexts(mapping), ...fieldTexts], raw.relation, workspace);
  refuseLoss(raw, all.rows);
  const { records, totals } = await setAside(raw, all.tables, mapping, workspace);
  // What rows are called that are no records is nobody's name.
  const texts = records === raw.relation ? all : await distinctTexts(fieldTexts, records, workspace);
  const reading = await readFields(fields, texts.tables, mapping, workspace);
  const parsed = workspace.fresh('parsed');
  await workspace.run(`CREATE TABLE ${parsed} AS ${parsedSql(records, reading, mapping, schema)}`);
  const warnings = await settleDuplicates(parsed, schema, workspace);
  if (totals) await checkTotal(totals, parsed, mapping, schema, workspace);

  const relation = workspace.fresh('records');
  await workspace.run(`CREATE VIEW ${relation} AS ${recordsSql(parsed, mapping, schema)}`);
  // The join would read the whole source again; with nothing rejected there is nothing to join.
  const [{ n } = { n: 0 }] = await workspace.query<{ n: number }>(`SELECT count(_code) AS n FROM ${parsed}`);
  const rejects = workspace.fresh('mapping_rejects');
  await workspace.run(`CREATE TABLE ${rejects} AS ${rejectsSql(parsed, raw, n > 0)}`);
  return { relation, rejects, warnings, free: () => workspace.run(`DROP TABLE ${parsed}`) };
}

/** What DuckDB reads must be what was counted before: a reader that drops a row says nothing about it. */
function refuseLoss({ counted }: RawExtraction, found: number): void {
  const expected = counted?.reduce((sum, { rows }) => sum + rows, 0);
  if (counted === undefined || expected === found) return;
  const files = counted.map(({ file }) => file).join(', ');
  throw new WeirError(
    'rows_lost',
    `${files}: of ${expected} rows ${found} were read. Nothing was taken over; please report ${counted.length === 1 ? 'this file' : 'these files'}.`,
    { details: { files, expected, found } },
  );
}

/** The columns that say that a row is no record. */
function asideTexts({ ignore, total }: Mapping): string[] {
  return [...ignore.map(({ column }) => column), ...(total ? [total.column] : [])].map(rowText);
}

const rowText = (column: string) => `r.${identifier(column)}`;

/** Leaves out the rows that are no records, and splits off the total rows. */
async function setAside(
  raw: RawExtraction,
  texts: ReadonlyMap<string, string>,
  mapping: Mapping,
  workspace: Workspace,
): Promise<{ records: string; totals: Totals | null }> {
  const { ignore, total } = mapping;
  /** A condition that rows fulfil whose column holds one of the texts, however it is written there; null where none does. */
  const holds = async (column: string, values: readonly string[]): Promise<string | null> => {
    const found = await workspace.query<{ raw: string }>(
      `SELECT raw FROM ${texts.get(rowText(column))} WHERE folded IN (${values.map(literal).join(', ')})`,
    );
    if (found.length === 0) return null;
    return `${rawText(rowText(column))} IN (${found.map((text) => literal(text.raw)).join(', ')})`;
  };
  const aside: (string | null)[] = [];
  for (const { column, values } of ignore) aside.push(await holds(column, values));
  let totals: Totals | null = null;
  if (total) {
    const isTotal = await holds(total.column, [total.value]);
    totals = { ...total, relation: workspace.fresh('totals') };
    await workspace.run(
      `CREATE TABLE ${totals.relation} AS SELECT * FROM ${raw.relation} r WHERE ${isTotal ?? 'false'}`,
    );
    aside.push(isTotal);
  }
  const tests = aside.filter((test) => test !== null);
  if (tests.length === 0) return { records: raw.relation, totals };
  const records = workspace.fresh('counted');
  await workspace.run(`CREATE VIEW ${records} AS SELECT * FROM ${raw.relation} r WHERE NOT (${tests.join(' OR ')})`);
  return { records, totals };
}

/** `_row`, `_file`, `source`, the fields of a record, and `_code` and `_reason` where it is none. */
function parsedSql(rows: string, reading: FieldReading, mapping: Mapping, schema: RecordSchema): string {
  const figures = schema.metrics.map((metric) => parsedFigure(metric, mapping));
  const problems = [...reading.problems, ...figures.flatMap((figure) => figure.problems)];
  const cases = (pick: (problem: Problem) => string) =>
    `CASE ${problems.map((problem) => `WHEN ${problem.test} THEN ${pick(problem)}`).join('\n ')} END`;
  const fields = [...schema.series, ...schema.labels, schema.time, ...schema.metrics].map(identifier);
  return `SELECT _file, _row, source, ${fields.join(', ')},
      ${cases(({ code }) => literal(code))} AS _code,
      ${cases(({ reason }) => reason)} AS _reason
    FROM (SELECT r._row, ${[...reading.selected, ...figures.flatMap(({ selected }) => selected)].join(',\n ')}
      FROM ${rows} r ${reading.joins.join('\n')})`;
}

function parsedFigure(
  metric: string,
  { columns, figures }: Mapping,
): { readonly selected: readonly string[]; readonly problems: readonly Problem[] } {
  const column = columns[metric];
  const value = identifier(metric);
  if (!column) return { selected: [`NULL::DOUBLE AS ${value}`], problems: [] };
  const text = textOf(column, 'r');
  const written = textColumn(metric);
  const reason = `${literal(`${metric}: "`)} || ${folded(written)} || '" is no figure'`;
  return {
    selected: [`${figureValue(text, figures)} AS ${value}`, `${text} AS ${written}`],
    problems: [{ test: figureError(value, written, figures), code: 'invalid_figure', reason }],
  };
}

function recordsSql(parsed: string, mapping: Mapping, schema: RecordSchema): string {
  const partition = schema.series.map(identifier).join(', ');
  const running = new Set(mapping.cumulative?.metrics ?? []);
  const metrics = schema.metrics.map((metric) => {
    const column = identifier(metric);
    if (!running.has(metric)) return column;
    // A gap in a running total is bridged: the next figure is the difference to the last one that was given.
    const before = `lag(${column} IGNORE NULLS) OVER (PARTITION BY ${partition} ORDER BY ${identifier(schema.time)})`;
    const first = mapping.cumulative?.first === 'value' ? `coalesce(${before}, 0)` : before;
    return `${column} - ${first} AS ${column}`;
  });
  return `SELECT ${[...schema.series, ...schema.labels, schema.time].map(identifier).join(', ')}, ${metrics.join(', ')},
    ${basisOf('reported')} AS basis, ${NOTHING_FILLED} AS filled, source, _file, _row
  FROM ${parsed} WHERE _code IS NULL`;
}

function rejectsSql(parsed: string, raw: RawExtraction, any: boolean): string {
  const record = `to_json(struct_pack(${raw.columns.map((column) => `${identifier(column)} := r.${identifier(column)}`).join(', ')}))`;
  const mapped = `SELECT _file AS file, _row AS row, p._code AS code, p._reason AS reason, ${record}::VARCHAR AS record
    FROM ${raw.relation} r JOIN (SELECT * REPLACE (_file::VARCHAR AS _file) FROM ${parsed} WHERE _code IS NOT NULL) p USING (_file, _row)
    WHERE ${any}`;
  return raw.rejects ? `SELECT file, row, code, reason, record FROM ${raw.rejects} UNION ALL ${mapped}` : mapped;
}
