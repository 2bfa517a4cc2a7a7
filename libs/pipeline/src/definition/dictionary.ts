import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { checkMapping, isMapping } from './check.js';
import { readCsvTable, type CsvTable } from './csv-table.js';
import { foldSpaces } from './fold-spaces.js';
import { didYouMean } from './near-miss.js';
import type { Dictionary } from './plan.js';
import type { Path } from './positions.js';
import type { Report } from './report.js';
import { dictionarySchema } from './definition.schema.js';

/** The dictionaries that a definition declares; null for one with mistakes. */
export type Dictionaries = ReadonlyMap<string, Dictionary | null>;

type Entries = { [text: string]: { code: string; name: string } };

/** Reads every dictionary of `dictionaries:`, from files under `folder`. */
export async function readDictionaries(report: Report, declared: unknown, folder: string): Promise<Dictionaries> {
  const dictionaries = new Map<string, Dictionary | null>();
  for (const [name, value] of isMapping(declared) ? Object.entries(declared) : []) {
    dictionaries.set(name, await readDictionary(report, name, value, folder));
  }
  return dictionaries;
}

async function readDictionary(
  report: Report,
  name: string,
  value: unknown,
  folder: string,
): Promise<Dictionary | null> {
  const path = ['dictionaries', name];
  const { file, code, name: label, match, aliases } = checkMapping(report, dictionarySchema, value, path);
  if (file === undefined || report.isUnusable([...path, 'file'])) return null;
  const table = await readTable(report, [...path, 'file'], resolve(folder, file), file);
  if (table === null || code === undefined || match === undefined || aliases === undefined) return null;

  const columns = (named: Path, column: string) => {
    const index = table.header.indexOf(column);
    if (index >= 0 || report.isUnusable([...path, ...named])) return index;
    report.add([...path, ...named], {
      code: 'unknown_column',
      message: `${file} has no column ${JSON.stringify(column)}`,
      expected: `one of ${table.header.join(', ')}`,
      hint: didYouMean(column, table.header),
    });
    return -1;
  };
  const codeAt = columns(['code'], code);
  const nameAt = label === undefined ? codeAt : columns(['name'], label);
  const matchAt = match.map((column, index) => columns(['match', index], column));
  if ([codeAt, nameAt, ...matchAt].includes(-1)) return null;

  if (table.rows.length === 0) {
    const message = `${file}:1: there is no row under the header`;
    report.add([...path, 'file'], { code: 'dictionary_malformed', message, expected: 'a row for each code' });
    return null;
  }
  const entries = collect(report, [...path, 'file'], file, table, { codeAt, nameAt, matchAt });
  addAliases(report, [...path, 'aliases'], aliases, entries);
  return { name, entries };
}

async function readTable(report: Report, path: Path, location: string, file: string): Promise<CsvTable | null> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(location);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    report.add(path, {
      code: 'dictionary_missing',
      message: missing
        ? `there is no file ${file}`
        : `${file} cannot be read (${(error as NodeJS.ErrnoException).code})`,
      expected: "a CSV file, its path from the pipeline's folder",
    });
    return null;
  }
  const text = new TextDecoder().decode(bytes);
  const broken = text.indexOf('\ufffd');
  const table = readCsvTable(text);
  const mistakes =
    broken < 0
      ? table.mistakes
      : [{ line: text.slice(0, broken).split('\n').length, message: 'the text is not UTF-8' }];
  for (const { line, message } of mistakes) {
    report.add(path, {
      code: 'dictionary_malformed',
      message: `${file}:${line}: ${message}`,
      expected: 'CSV in UTF-8 with a header',
    });
  }
  return mistakes.length > 0 ? null : table;
}

/** The entries of the rows; a text that leads to two codes, or a code with two names, is a mistake. */
function collect(
  report: Report,
  path: Path,
  file: string,
  table: CsvTable,
  { codeAt, nameAt, matchAt }: { codeAt: number; nameAt: number; matchAt: readonly number[] },
): Entries {
  // Without a prototype, so that no text ("constructor") is there before it is put there.
  const entries: Entries = Object.create(null) as Entries;
  const textLines = new Map<string, number>();
  const named = new Map<string, { name: string; line: number }>();
  const mistake = (line: number, code: string, message: string, expected: string) =>
    report.add(path, { code, message: `${file}:${line}: ${message}`, expected });

  for (const { line, cells } of table.rows) {
    const code = foldSpaces(cells[codeAt]!);
    const name = foldSpaces(cells[nameAt]!);
    if (code === '' || name === '') {
      const column = table.header[code === '' ? codeAt : nameAt];
      mistake(
        line,
        'dictionary_blank',
        `the column ${JSON.stringify(column)} is blank`,
        'a code and a name in every row',
      );
      continue;
    }
    const before = named.get(code);
    if (before && before.name !== name) {
      mistake(
        line,
        'dictionary_conflict',
        `the code ${code} has another name on line ${before.line}`,
        'one name for a code',
      );
    } else if (!before) named.set(code, { name, line });

    for (const text of new Set(matchAt.map((index) => foldSpaces(cells[index]!)))) {
      if (text === '') continue;
      const other = entries[text]?.code;
      if (other !== undefined && other !== code) {
        const both = `the text ${JSON.stringify(text)} leads to ${code}, on line ${textLines.get(text)} to ${other}`;
        mistake(line, 'dictionary_conflict', both, 'one code for a text');
      } else if (other === undefined) {
        entries[text] = { code, name };
        textLines.set(text, line);
      }
    }
  }
  return entries;
}

function addAliases(report: Report, path: Path, aliases: { readonly [text: string]: string }, entries: Entries): void {
  const rows = new Map(Object.values(entries).map((entry) => [entry.code, entry]));
  for (const [written, code] of Object.entries(aliases)) {
    const text = foldSpaces(written);
    const row = rows.get(foldSpaces(code));
    const other = entries[text];
    if (row === undefined) {
      const known = [...rows.keys()];
      report.add([...path, written], {
        code: 'unknown_code',
        message: 'the dictionary has no such code',
        expected: `one of ${known.slice(0, 20).join(', ')}${known.length > 20 ? ' …' : ''}`,
        hint: didYouMean(code, known),
      });
    } else if (other !== undefined && other.code !== row.code) {
      report.add(
        [...path, written],
        {
          code: 'dictionary_conflict',
          message: `the text leads to ${other.code} already`,
          expected: 'one code for a text',
        },
        'key',
      );
    } else entries[text] = row;
  }
}
