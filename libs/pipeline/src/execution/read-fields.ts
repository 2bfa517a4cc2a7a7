import type { RecordSchema } from '@weir/record';
import type { ColumnMapping, Dictionary, Mapping } from '../definition/plan.js';
import { WeirError } from '../errors/weir-error.js';
import { identifier, literal, type Workspace } from '../ports/workspace.js';
import { enumeratedType, rawText } from './distinct-texts.js';
import { dayFormat, dayValue, textOf } from './text-sql.js';

/** What makes a row a reject: the first test that holds gives code and reason. All three are SQL over the parsed row. */
export interface Problem {
  readonly test: string;
  readonly code: string;
  readonly reason: string;
}

/** A field of a record that is looked up by its text. */
export interface TextField {
  readonly field: string;
  /** The text, of rows called `r`. */
  readonly text: string;
  /** Its value, of a distinct text called `t`. */
  readonly value: string;
  /** What `value` is looked up in, joined with `t`. */
  readonly join?: string;
  /** Whether it is a text itself. */
  readonly named: boolean;
  readonly problems: readonly Problem[];
}

/** How rows called `r` become fields: what to join them with, and what to select then. */
export interface FieldReading {
  readonly joins: readonly string[];
  readonly selected: readonly string[];
  readonly problems: readonly Problem[];
}

/** Where a parsed row keeps the text that a field was read from, folded. */
export const textColumn = (field: string) => identifier(`text of ${field}`);

/** What the rows call their series, labels, days and files: the fields that are looked up, beside `_file` and `source`. */
export async function textFields(
  mapping: Mapping,
  schema: RecordSchema,
  workspace: Workspace,
): Promise<readonly TextField[]> {
  const dictionaries = await dictionaryTables(mapping, schema, workspace);
  return [
    ...schema.series.map((field) => nameField(field, columnOf(mapping, field), dictionaries)),
    ...schema.labels.map((label) => labelField(label, mapping, schema, dictionaries)),
    dayField(schema.time, columnOf(mapping, schema.time)),
    { field: '_file', text: 'r._file', value: 't.raw', named: true, problems: [] },
    { field: 'source', text: 'r._file', value: shownToReaders('t.raw'), named: true, problems: [] },
  ];
}

/**
 * Reads each distinct text once, in the dictionary where there is one.
 * @param texts the distinct texts of the fields.
 *
 * Errors: `unknown_name`, naming all of them, unless the mapping rejects such rows one by one.
 */
export async function readFields(
  fields: readonly TextField[],
  texts: ReadonlyMap<string, string>,
  mapping: Mapping,
  workspace: Workspace,
): Promise<FieldReading> {
  const joins: string[] = [];
  const selected: string[] = [];
  for (const [text, table] of texts) {
    const own = fields.filter((field) => field.text === text);
    if (own.length === 0) continue;
    const reading = await readingTable(table, own, workspace);
    for (const { field } of own) {
      if (mapping.unknown === 'fail') await refuseUnknown(reading, field, mapping, workspace);
      selected.push(`${reading}.${identifier(field)}`);
      if (field !== 'source' && field !== '_file') selected.push(`${reading}.folded AS ${textColumn(field)}`);
    }
    joins.push(`LEFT JOIN ${reading} ON ${reading}.raw = ${rawText(text)}`);
  }
  return { joins, selected, problems: fields.flatMap(({ problems }) => problems) };
}

/** For each distinct text the values of the fields that are read from it. */
async function readingTable(texts: string, fields: readonly TextField[], workspace: Workspace): Promise<string> {
  const table = workspace.fresh('reading');
  const joins = [...new Set(fields.flatMap(({ join }) => join ?? []))];
  const values = fields.map(({ field, value }) => `${value} AS ${identifier(field)}`);
  await workspace.run(
    `CREATE TABLE ${table} AS SELECT t.raw, t.folded, ${values.join(', ')} FROM ${texts} t ${joins.join(' ')}`,
  );
  for (const { field, named } of fields) {
    if (!named) continue;
    const column = identifier(field);
    const type = await enumeratedType([`SELECT ${column} FROM ${table}`], workspace);
    await workspace.run(`ALTER TABLE ${table} ALTER ${column} TYPE ${type}`);
  }
  return table;
}

/** By field: a table `text, code, name` of its dictionary. */
async function dictionaryTables(
  mapping: Mapping,
  schema: RecordSchema,
  workspace: Workspace,
): Promise<ReadonlyMap<string, string>> {
  const tables = new Map<string, string>();
  for (const field of schema.series) {
    const dictionary = mapping.columns[field]?.dictionary;
    if (!dictionary) continue;
    const table = workspace.fresh('dictionary');
    await workspace.run(`CREATE TABLE ${table} (text VARCHAR, code VARCHAR, name VARCHAR)`);
    const entries = Object.entries(dictionary.entries);
    await workspace.append(
      table,
      entries.map(([text, { code, name }]) => [text, code, name]),
    );
    tables.set(field, table);
  }
  return tables;
}

function nameField(field: string, column: ColumnMapping, dictionaries: ReadonlyMap<string, string>): TextField {
  const text = textOf(column, 'r');
  const [value, written] = [identifier(field), textColumn(field)];
  const blank = {
    test: `${value} IS NULL AND ${written} = ''`,
    code: 'missing_value',
    reason: literal(`${field}: blank`),
  };
  const dictionary = dictionaries.get(field);
  if (dictionary === undefined) {
    return { field, text, value: `nullif(t.folded, '')`, named: true, problems: [blank] };
  }
  const unknown = {
    test: `${value} IS NULL`,
    code: 'unknown_name',
    reason: `${literal(`${field}: "`)} || ${written} || '" is not in the dictionary'`,
  };
  const join = joinWith(dictionary);
  return { field, text, value: `${dictionary}.code`, join, named: true, problems: [blank, unknown] };
}

/** A label has a column of its own, or else is what the dictionary, or the source, calls the series. */
function labelField(
  label: string,
  mapping: Mapping,
  schema: RecordSchema,
  dictionaries: ReadonlyMap<string, string>,
): TextField {
  const own = mapping.columns[label];
  const [[series, dictionary] = []] = own ? [] : [...dictionaries];
  if (series !== undefined && dictionary !== undefined) {
    const text = textOf(columnOf(mapping, series), 'r');
    return {
      field: label,
      text,
      value: `${dictionary}.name`,
      join: joinWith(dictionary),
      named: true,
      problems: [],
    };
  }
  const column = own ?? columnOf(mapping, schema.series[0] ?? '');
  return { field: label, text: textOf(column, 'r'), value: `nullif(t.folded, '')`, named: true, problems: [] };
}

function joinWith(dictionary: string): string {
  return `LEFT JOIN ${dictionary} ON ${dictionary}.text = t.folded`;
}

function dayField(field: string, column: ColumnMapping): TextField {
  const format = dayFormat(column);
  const [value, written] = [identifier(field), textColumn(field)];
  return {
    field,
    text: textOf(column, 'r'),
    value: dayValue('t.raw', format),
    named: false,
    problems: [
      { test: `${value} IS NULL AND ${written} = ''`, code: 'missing_value', reason: literal(`${field}: blank`) },
      {
        test: `${value} IS NULL`,
        code: 'invalid_date',
        reason: `${literal(`${field}: "`)} || ${written} || ${literal(`" is no day written as ${format}`)}`,
      },
    ],
  };
}

/** A path from a root or above the pipeline's folder, or a `file:` URL. */
const ELSEWHERE = String.raw`(?i)^([/\\]|[a-z]:[/\\]|file:|([^:]*[/\\])?\.\.[/\\])`;

/** Where a file lies on this machine is not for readers of the data: of one that lies elsewhere they see its last name. */
function shownToReaders(name: string): string {
  return `CASE WHEN regexp_matches(${name}, '${ELSEWHERE}') THEN regexp_extract(${name}, '[^/\\\\]+$') ELSE ${name} END`;
}

function columnOf(mapping: Mapping, field: string): ColumnMapping {
  const column = mapping.columns[field];
  if (!column) throw new WeirError('internal_error', `the column mapping lacks ${field}`);
  return column;
}

async function refuseUnknown(reading: string, field: string, mapping: Mapping, workspace: Workspace): Promise<void> {
  const column = mapping.columns[field];
  const dictionary: Dictionary | null | undefined = column?.dictionary;
  if (!column || !dictionary) return;
  const unknown = await workspace.query<{ text: string }>(
    `SELECT DISTINCT folded AS text FROM ${reading} WHERE ${identifier(field)} IS NULL AND folded <> '' ORDER BY text`,
  );
  if (unknown.length === 0) return;
  const texts = unknown.map(({ text }) => text);
  const place = column.from === null ? `field ${field}` : `column "${column.from}"`;
  throw new WeirError(
    'unknown_name',
    `${texts.length} name${texts.length === 1 ? '' : 's'} in ${place} that dictionary "${dictionary.name}" does not know: ` +
      `${texts.map((text) => `"${text}"`).join(', ')}. Add them to the dictionary, or list them under ignore: if they are no records.`,
    { details: { column: column.from, names: texts } },
  );
}
