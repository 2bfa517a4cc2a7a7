/** The published files beside the repository, read without any of Weir's code: what the system stores is compared with this. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const dataFolder = fileURLToPath(new URL('../../../../../shared/data', import.meta.url));

if (!existsSync(join(dataFolder, 'regions.csv'))) {
  throw new Error(
    `There is no real data in ${dataFolder}, and these suites are about nothing else. ` +
      'Put the published files there (apps/embedded/test/data/README.md names them); `npm test` does without.',
  );
}

export type Cells = { readonly [column: string]: string };

/** The text of a file of the data folder. */
export function textOfFile(file: string): string {
  return readFileSync(join(dataFolder, file), 'utf8');
}

/** The rows of a CSV file. These files quote some texts, but no text of theirs holds a quote or a new line. */
export function rowsOfFile(file: string): Cells[] {
  const [header = [], ...lines] = textOfFile(file)
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,"]*))/g)].map((cell) => cell[1] ?? cell[2] ?? ''));
  return lines.map((cells) => Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ''])));
}

/** Rows by the text of a column, each group in the file's order. */
export function groupedBy(rows: readonly Cells[], column: string): Map<string, Cells[]> {
  const groups = new Map<string, Cells[]>();
  for (const row of rows) {
    const group = groups.get(row[column]!);
    if (group) group.push(row);
    else groups.set(row[column]!, [row]);
  }
  return groups;
}

/** A cell of digits as a number; null where it is blank. */
export function figure(cell: string | undefined): number | null {
  return cell === undefined || cell === '' ? null : Number(cell);
}

/** Region codes by the texts of a column of `regions.csv`. */
export function regionCodes(column: 'name_on_weekly_page' | 'name_in_weekly_history'): Map<string, string> {
  return new Map(rowsOfFile('regions.csv').map((row) => [row[column]!, row['code']!]));
}

/** The texts of the cells of a piece of HTML, row by row: tags taken out, white space folded. */
export function cellsOf(html: string): string[][] {
  return html
    .split(/<tr\b/)
    .slice(1)
    .map((row) =>
      [...row.matchAll(/<t[dh]\b[^>]*>([^]*?)<\/t[dh]>/g)].map((cell) =>
        cell[1]!
          .replace(/<br[^>]*>|&nbsp;/g, ' ')
          .replace(/<[^>]*>/g, '')
          .replace(/\s+/g, ' ')
          .trim(),
      ),
    );
}

const MS_OF_DAY = 86_400_000;

/** The day `days` after another, `YYYY-MM-DD`; before it where `days` is negative. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * MS_OF_DAY).toISOString().slice(0, 10);
}

export function daysBetween(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / MS_OF_DAY;
}
