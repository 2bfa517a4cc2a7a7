import { WeirError, type Warning } from '@weir/pipeline';
import type { TableOptions } from './html-options.js';
import type { PageReject, PageRow, PageRows } from './page-rows.js';
import type { Page } from './page.js';
import { gridOf, type GridRow } from './table-grid.js';
import { fold, quoteAll, type Element } from './text.js';

/** A header row stands among a table's first rows; above it there may be titles. */
const HEADER_WITHIN = 10;

interface Candidate {
  /** How a message calls it. */
  readonly label: string;
  readonly rows: readonly GridRow[];
  /** The row that names all wanted columns, if one does. */
  readonly header: GridRow | undefined;
}

/**
 * The rows of the one table at the declared place that has all wanted headers.
 * @throws WeirError `table_not_found`, `ambiguous_table`, `ambiguous_column`, `no_rows`
 */
export function readTable(page: Page, options: TableOptions, wanted: readonly string[]): PageRows {
  const headers = wanted.map(fold);
  const { rows, header } = findTable(page, options, headers);
  const columns = headers.map((text) => columnOf(page, header, text));
  const needed = Math.max(0, ...columns.map((column) => column + 1));

  const kept: PageRow[] = [];
  const rejects: PageReject[] = [];
  const titles: string[] = [];
  let repeatedHeaders = 0;
  for (const row of rows.slice(rows.indexOf(header) + 1)) {
    const texts = row.cells.map((cell) => cell.text);
    if (texts.every((text) => text === '')) continue;
    if (isTitle(row, header)) {
      titles.push(texts[0] ?? '');
    } else if (row.cells.length < needed) {
      const reason = `found ${row.cells.length} cells, expected at least ${needed}: "${headers[columns.indexOf(needed - 1)]}" is column ${needed}`;
      rejects.push({ number: row.number, code: 'ragged_row', reason, record: JSON.stringify(texts) });
    } else if (headers.length > 0 && columns.every((column, index) => texts[column] === headers[index])) {
      repeatedHeaders += 1;
    } else {
      kept.push({ number: row.number, values: columns.map((column) => texts[column] || null) });
    }
  }
  if (kept.length === 0) throw noRows(page, options, header, rejects);
  return { rows: kept, rejects, warnings: warningsOf(titles, repeatedHeaders) };
}

function findTable(
  page: Page,
  options: TableOptions,
  headers: readonly string[],
): { rows: readonly GridRow[]; header: GridRow } {
  const candidates = tablesAt(page, options.selector).map((element, index): Candidate => {
    const rows = gridOf(page, element, options.rows);
    const header = rows.slice(0, HEADER_WITHIN).find((row) => matches(row, headers) === headers.length);
    const id = element.attribs['id'];
    return { label: id ? `table ${index + 1} (#${id})` : `table ${index + 1}`, rows, header };
  });
  const found = candidates.filter((candidate) => candidate.header !== undefined);
  const [only] = found;
  if (only?.header && found.length === 1) return { rows: only.rows, header: only.header };

  const details = { file: page.name, selector: options.selector, expected: headers };
  if (found.length > 1) {
    throw new WeirError(
      'ambiguous_table',
      `${page.name}: expected one table at "${options.selector}" with the headers ${quoteAll(headers)}, found ${found.length}: ${found.map(({ label }) => label).join(', ')}; make table.selector narrower`,
      { details },
    );
  }
  const elsewhere = page.$.root().find('table').length;
  const described =
    candidates.length === 0
      ? `no table there (${elsewhere} on the whole page)`
      : candidates.map((candidate) => describe(candidate, headers)).join('; ');
  throw new WeirError(
    'table_not_found',
    `${page.name}: expected a table at "${options.selector}" with the headers ${quoteAll(headers, 1000)}, found ${described.slice(0, 2000)}; if the page has changed, adapt table.selector and columns to it`,
    { details },
  );
}

/** The tables that the selector matches, and those inside of what it matches, in the page's order. */
function tablesAt(page: Page, selector: string): Element[] {
  const matched = page.$.root().find(selector);
  return matched.filter('table').add(matched.find('table')).toArray();
}

/** How many of the headers a row holds. */
function matches(row: GridRow, headers: readonly string[]): number {
  return headers.filter((text) => row.cells.some((cell) => cell.text === text)).length;
}

/** What stands where the headers should: the row that is nearest to them, or else looks most like a header. */
function describe({ label, rows }: Candidate, headers: readonly string[]): string {
  const nearness = (row: GridRow): number => matches(row, headers) * 1000 + textsOf(row).length;
  const [nearest] = rows.slice(0, HEADER_WITHIN).sort((a, b) => nearness(b) - nearness(a));
  if (nearest === undefined) return `${label} without rows`;
  const texts = textsOf(nearest);
  const missing = headers.filter((text) => !texts.includes(text));
  const lacking = missing.length === headers.length ? '' : `, which lacks ${quoteAll(missing)}`;
  return `${label} with ${quoteAll(texts)}${lacking}`;
}

/** The texts of a row's cells, each once, without the blank ones. */
function textsOf(row: GridRow): string[] {
  return [...new Set(row.cells.map((cell) => cell.text))].filter((text) => text !== '');
}

function columnOf(page: Page, header: GridRow, text: string): number {
  const places = header.cells.flatMap((cell, index) => (cell.text === text ? [index] : []));
  const [place] = places;
  if (place !== undefined && places.length === 1) return place;
  throw new WeirError(
    'ambiguous_column',
    `${page.name}: the header "${text}" stands over ${places.length} columns (${places.map((index) => index + 1).join(', ')}) of row ${header.number}; map a header that names one column`,
    { details: { file: page.name, column: text } },
  );
}

/** A row of one cell that spans the table says what follows, and is no figure. */
function isTitle(row: GridRow, header: GridRow): boolean {
  return header.cells.length > 1 && row.cells.length >= header.cells.length && new Set(row.cells).size === 1;
}

function warningsOf(titles: readonly string[], repeatedHeaders: number): Warning[] {
  const warnings: Warning[] = [];
  if (titles.length > 0) {
    const message = `rows of one cell across the whole table were taken for titles: ${quoteAll(titles)}`;
    warnings.push({ code: 'title_row', message, count: titles.length });
  }
  if (repeatedHeaders > 0) {
    const message = 'rows that repeat the headers inside the table were left out';
    warnings.push({ code: 'repeated_header', message, count: repeatedHeaders });
  }
  return warnings;
}

function noRows(page: Page, options: TableOptions, header: GridRow, rejects: readonly PageReject[]): WeirError {
  const [first] = rejects;
  const found = first ? `only ${rejects.length} that cannot be read (row ${first.number}: ${first.reason})` : 'none';
  return new WeirError(
    'no_rows',
    `${page.name}: expected rows of figures below the headers (row ${header.number}) of the table at "${options.selector}", found ${found}`,
    { details: { file: page.name, selector: options.selector } },
  );
}
