/** What a text of a source means, as SQL: names, days, figures. `text` is always an SQL expression. */
import type { ColumnMapping, FigureFormat } from '../definition/plan.js';
import { identifier, literal } from '../ports/workspace.js';

/** White space of every kind, as `foldSpaces` knows it: RE2's own \s is ASCII only. */
const SPACES = '[\\s\\x0B\\x{A0}\\x{1680}\\x{2000}-\\x{200B}\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{3000}\\x{FEFF}]+';

/** Days that every store on the way can hold: ClickHouse's Date32. */
export const FIRST_DAY = '1900-01-01';
export const LAST_DAY = '2299-12-31';

/** The text of a mapped column in rows called `row`, or its constant. */
export function textOf(column: ColumnMapping, row: string): string {
  return column.from === null ? literal(column.value ?? '') : `${row}.${identifier(column.from)}`;
}

/** A text as dictionaries and ignore lists compare it, the same as `foldSpaces`; '' where there is none. */
export function folded(text: string): string {
  return `trim(regexp_replace(nfc_normalize(coalesce(${text}, '')), '${SPACES}', ' ', 'g'))`;
}

/** How a column writes its days (strptime): ISO 8601 unless the mapping says otherwise. */
export function dayFormat(column: ColumnMapping): string {
  return column.format ?? '%Y-%m-%d';
}

/** A day; NULL where the text is blank or no day that exists. */
export function dayValue(text: string, format: string): string {
  const parsed = (written: string) => `try_strptime(${written}, ${literal(format)})::DATE`;
  // DuckDB reads `epoch` and `infinity` as days whatever the format, and `%Y` reads the 23 of 23-05-07 as a year.
  const day = `coalesce(${parsed(text)}, ${parsed(folded(text))})`;
  return `CASE WHEN regexp_matches(${text}, '[0-9]') AND ${day} BETWEEN DATE '${FIRST_DAY}' AND DATE '${LAST_DAY}' THEN ${day} END`;
}

/**
 * A figure as people write it: `3 781`, `+1,234`, `−5`, `12.5`; NULL where it is blank or no figure. Groups of three
 * digits may be set apart by spaces, apostrophes, or the one of comma and point that is not the decimal sign.
 */
export function figureValue(text: string, format: FigureFormat): string {
  const cases = [
    `WHEN ${isFigure(text, format)} AND isfinite(${double(digits(text, format))}) THEN ${double(digits(text, format))}`,
  ];
  if (format.decimal === '.') {
    // Most figures are plain; the cast is several times cheaper than the regular expressions. It alone would also take
    // `nan`, `inf` and `1_000`.
    cases.unshift(`WHEN isfinite(${double(text)}) AND NOT contains(${text}, '_') THEN ${double(text)}`);
  }
  if (format.blank.length > 0) cases.unshift(`WHEN ${isBlank(text, format)} THEN NULL`);
  return `CASE ${cases.join(' ')} END`;
}

/** True where a text is neither blank nor a figure; never NULL. `value` is what `figureValue` made of it. */
export function figureError(value: string, text: string, format: FigureFormat): string {
  // A CASE looks at the text only where there is no figure.
  return `CASE WHEN ${value} IS NULL THEN NOT ${isBlank(text, format)} ELSE false END`;
}

function isBlank(text: string, format: FigureFormat): string {
  return `${folded(text)} IN (${['', ...format.blank].map(literal).join(', ')})`;
}

function isFigure(text: string, format: FigureFormat): string {
  const pattern = `[+-]? ?([0-9]+|[0-9]{1,3}([ ''’${groupSign(format)}][0-9]{3})+)([${format.decimal}][0-9]+)?`;
  return `regexp_full_match(${signed(text)}, '${pattern}')`;
}

function signed(text: string): string {
  return `regexp_replace(${folded(text)}, '^[−–‒]', '-')`;
}

function digits(text: string, format: FigureFormat): string {
  const plain = `regexp_replace(${signed(text)}, '[ ''’${groupSign(format)}]', '', 'g')`;
  return format.decimal === '.' ? plain : `replace(${plain}, ',', '.')`;
}

function groupSign({ decimal }: FigureFormat): string {
  return decimal === '.' ? ',' : '.';
}

function double(text: string): string {
  return `TRY_CAST(${text} AS DOUBLE)`;
}
