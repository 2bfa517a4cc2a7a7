import type { RecordSchema } from '@weir/record';
import type { ColumnMapping, Mapping } from '../definition/plan.js';
import { WeirError } from '../errors/weir-error.js';
import type { RawExtraction, Warning } from '../ports/source.js';
import { identifier, literal, type Workspace } from '../ports/workspace.js';
import { checkTotal, type Totals } from './check-total.js';
import { lookUpNames } from './look-up-names.js';
import { settleDuplicates } from './settle-duplicates.js';
import { dayFormat, dayValue, figureError, figureValue, folded, textOf } from './text-sql.js';

/** Records made of a source's text, and what could not be made into one. */
export interface MappedRecords {
  /** A relation as transforms take it (see ports/transform.ts). */
  readonly relation: string;
  /** `file, row, code, reason, record`. */
  readonly rejects: string;
  readonly warnings: readonly Warning[];
}

/**
 * Text → records, in SQL: drops what the mapping ignores, looks names up in the dictionary, reads days and figures,
 * settles duplicate rows, checks the parts against the total, and turns running totals into daily figures.
 *
 * Rejects a row with `missing_value`, `unknown_name`, `invalid_date`, `invalid_figure` or `contradicting_rows`.
 * Errors: `unknown_name` (names in no dictionary, all of them), `total_not_found`, `total_mismatch`.
 */
export async function mapRecords(
  raw: RawExtraction,
  mapping: Mapping,
  schema: RecordSchema,
  workspace: Workspace,
): Promise<MappedRecords> {
  const { records, totals } = await setAside(raw, mapping, workspace);
  const names = await lookUpNames(mapping, schema, records, workspace);
  const parsed = workspace.fresh('parsed');
  await workspace.run(`CREATE TABLE ${parsed} AS ${parsedSql(records, mapping, schema, names)}`);
  const warnings = await settleDuplicates(parsed, schema, workspace);
  if (totals) await checkTotal(totals, parsed, mapping, schema, workspace);

  const relation = workspace.fresh('records');
  await workspace.run(`CREATE VIEW ${relation} AS ${recordsSql(parsed, mapping, schema)}`);
  // The join would read the whole source again; with nothing rejected there is nothing to join.
  const [{ n } = { n: 0 }] = await workspace.query<{ n: number }>(`SELECT count(_code) AS n FROM ${parsed}`);
  const rejects = workspace.fresh('mapping_rejects');
  await workspace.run(`CREATE TABLE ${rejects} AS ${rejectsSql(parsed, raw, n > 0)}`);
  return { relation, rejects, warnings };
}

/** Leaves out the rows that are no records, and splits off the total rows. */
async function setAside(
  raw: RawExtraction,
  mapping: Mapping,
  workspace: Workspace,
): Promise<{ records: string; totals: Totals | null }> {
  const aside = mapping.ignore.map(
    ({ column, values }) => `${folded(identifier(column))} IN (${values.map(literal).join(', ')})`,
  );
  let totals: Totals | null = null;
  if (mapping.total) {
    const isTotal = `${folded(identifier(mapping.total.column))} = ${literal(mapping.total.value)}`;
    totals = { ...mapping.total, relation: workspace.fresh('totals') };
    await workspace.run(`CREATE TABLE ${totals.relation} AS SELECT * FROM ${raw.relation} WHERE ${isTotal}`);
    aside.push(isTotal);
  }
  if (aside.length === 0) return { records: raw.relation, totals };
  const records = workspace.fresh('counted');
  await workspace.run(`CREATE VIEW ${records} AS SELECT * FROM ${raw.relation} WHERE NOT (${aside.join(' OR ')})`);
  return { records, totals };
}

/** A field of a record as SQL, and what makes its row a reject: the first test that holds gives code and reason. */
interface ParsedField {
  readonly field: string;
  readonly value: string;
  readonly problems: readonly { readonly test: string; readonly code: string; readonly reason: string }[];
}

function parsedSql(rows: string, mapping: Mapping, schema: RecordSchema, names: ReadonlyMap<string, string>): string {
  const fields = [
    ...schema.series.map((field) => parsedName(field, columnOf(mapping, field), names)),
    ...schema.labels.map((label) => parsedLabel(label, mapping, schema, names)),
    parsedDay(schema.time, columnOf(mapping, schema.time)),
    ...schema.metrics.map((metric) => parsedFigure(metric, mapping)),
  ];
  const problems = fields.flatMap((field) => field.problems);
  const cases = (pick: (problem: (typeof problems)[number]) => string) =>
    `CASE ${problems.map((problem) => `WHEN ${problem.test} THEN ${pick(problem)}`).join('\n ')} END`;
  const joins = [...names].map(
    ([field, table]) =>
      `LEFT JOIN ${table} ${namesOf(field)} ON ${namesOf(field)}.raw = ${textOf(columnOf(mapping, field), 'r')}`,
  );
  return `SELECT r._file, r._row,
      ${fields.map(({ field, value }) => `${value} AS ${identifier(field)}`).join(',\n ')},
      ${cases(({ code }) => literal(code))} AS _code,
      ${cases(({ reason }) => reason)} AS _reason
    FROM ${rows} r ${joins.join('\n')}`;
}

function parsedName(field: string, column: ColumnMapping, names: ReadonlyMap<string, string>): ParsedField {
  const text = folded(textOf(column, 'r'));
  const blank = { test: `${text} = ''`, code: 'missing_value', reason: literal(`${field}: blank`) };
  if (!names.has(field)) return { field, value: `nullif(${text}, '')`, problems: [blank] };
  const code = `${namesOf(field)}.code`;
  const unknown = {
    test: `${code} IS NULL`,
    code: 'unknown_name',
    reason: `${literal(`${field}: "`)} || ${text} || '" is not in the dictionary'`,
  };
  return { field, value: code, problems: [blank, unknown] };
}

/** A label has a column of its own, or else is what the dictionary, or the source, calls the series. */
function parsedLabel(
  label: string,
  mapping: Mapping,
  schema: RecordSchema,
  names: ReadonlyMap<string, string>,
): ParsedField {
  const own = mapping.columns[label];
  const named = schema.series.find((field) => names.has(field));
  if (!own && named !== undefined) return { field: label, value: `${namesOf(named)}.name`, problems: [] };
  const column = own ?? columnOf(mapping, schema.series[0] ?? '');
  return { field: label, value: `nullif(${folded(textOf(column, 'r'))}, '')`, problems: [] };
}

function parsedDay(field: string, column: ColumnMapping): ParsedField {
  const text = textOf(column, 'r');
  const format = dayFormat(column);
  const value = dayValue(text, format);
  const reason = `${literal(`${field}: "`)} || ${folded(text)} || ${literal(`" is no day written as ${format}`)}`;
  return {
    field,
    value,
    problems: [
      // A CASE folds only the texts that are no day.
      {
        test: `CASE WHEN ${value} IS NULL THEN ${folded(text)} = '' END`,
        code: 'missing_value',
        reason: literal(`${field}: blank`),
      },
      { test: `${value} IS NULL`, code: 'invalid_date', reason },
    ],
  };
}

function parsedFigure(field: string, { columns, figures }: Mapping): ParsedField {
  const column = columns[field];
  if (!column) return { field, value: 'NULL::DOUBLE', problems: [] };
  const text = textOf(column, 'r');
  const reason = `${literal(`${field}: "`)} || ${folded(text)} || '" is no figure'`;
  return {
    field,
    value: figureValue(text, figures),
    problems: [{ test: figureError(text, figures), code: 'invalid_figure', reason }],
  };
}

function columnOf(mapping: Mapping, field: string): ColumnMapping {
  const column = mapping.columns[field];
  if (!column) throw new WeirError('internal_error', `the column mapping lacks ${field}`);
  return column;
}

/** The names table of a field, as parsed rows are joined with it. */
function namesOf(field: string): string {
  return identifier(`names of ${field}`);
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
    'reported' AS basis, []::VARCHAR[] AS filled, ${shownToReaders('_file')} AS source, _file, _row
  FROM ${parsed} WHERE _code IS NULL`;
}

/** A path from a root or above the pipeline's folder, or a `file:` URL. */
const ELSEWHERE = String.raw`(?i)^([/\\]|[a-z]:[/\\]|file:|([^:]*[/\\])?\.\.[/\\])`;

/** Where a file lies on this machine is not for readers of the data: of one that lies elsewhere they see its last name. */
function shownToReaders(name: string): string {
  return `CASE WHEN regexp_matches(${name}, '${ELSEWHERE}') THEN regexp_extract(${name}, '[^/\\\\]+$') ELSE ${name} END`;
}

function rejectsSql(parsed: string, raw: RawExtraction, any: boolean): string {
  const record = `to_json(struct_pack(${raw.columns.map((column) => `${identifier(column)} := r.${identifier(column)}`).join(', ')}))`;
  const mapped = `SELECT p._file AS file, p._row AS row, p._code AS code, p._reason AS reason, ${record}::VARCHAR AS record
    FROM ${parsed} p JOIN ${raw.relation} r USING (_file, _row) WHERE ${any ? 'p._code IS NOT NULL' : 'false'}`;
  return raw.rejects ? `SELECT file, row, code, reason, record FROM ${raw.rejects} UNION ALL ${mapped}` : mapped;
}
