import type { RecordSchema } from '@weir/record';
import type { ColumnMapping, Dictionary, Mapping } from '../definition/plan.js';
import { WeirError } from '../errors/weir-error.js';
import type { Workspace } from '../ports/workspace.js';
import { folded, textOf } from './text-sql.js';

/**
 * For each field with a dictionary a table of the texts that the rows hold: `raw, folded, code, name`; code and name are
 * NULL where the dictionary does not know the text.
 *
 * Errors: `unknown_name`, naming all of them, unless the mapping rejects such rows one by one.
 */
export async function lookUpNames(
  mapping: Mapping,
  schema: RecordSchema,
  rows: string,
  workspace: Workspace,
): Promise<ReadonlyMap<string, string>> {
  const tables = new Map<string, string>();
  for (const field of schema.series) {
    const column = mapping.columns[field];
    if (!column?.dictionary) continue;
    const names = await namesTable(column, column.dictionary, rows, workspace);
    tables.set(field, names);
    if (mapping.unknown === 'fail') await refuseUnknown(names, field, column, column.dictionary, workspace);
  }
  return tables;
}

async function namesTable(
  column: ColumnMapping,
  dictionary: Dictionary,
  rows: string,
  workspace: Workspace,
): Promise<string> {
  const entries = workspace.fresh('dictionary');
  await workspace.run(`CREATE TABLE ${entries} (text VARCHAR, code VARCHAR, name VARCHAR)`);
  await workspace.append(
    entries,
    Object.entries(dictionary.entries).map(([text, entry]) => [text, entry.code, entry.name]),
  );
  const names = workspace.fresh('names');
  await workspace.run(
    `CREATE TABLE ${names} AS
     SELECT seen.raw, seen.folded, entry.code, entry.name
     FROM (SELECT raw, ${folded('raw')} AS folded FROM (SELECT DISTINCT ${textOf(column, 'r')} AS raw FROM ${rows} r)) seen
     LEFT JOIN ${entries} entry ON entry.text = seen.folded`,
  );
  return names;
}

async function refuseUnknown(
  names: string,
  field: string,
  column: ColumnMapping,
  dictionary: Dictionary,
  workspace: Workspace,
): Promise<void> {
  const unknown = await workspace.query<{ text: string }>(
    `SELECT DISTINCT folded AS text FROM ${names} WHERE code IS NULL AND folded <> '' ORDER BY text`,
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
