/** A small CSV file read whole (RFC 4180: commas, double quotes, LF or CRLF), with the line on which each row begins. */
export interface CsvTable {
  /** Trimmed. */
  readonly header: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
  /** In the order of the file; where there are any, rows may be ragged. */
  readonly mistakes: readonly { readonly line: number; readonly message: string }[];
}

export function readCsvTable(text: string): CsvTable {
  const mistakes: { line: number; message: string }[] = [];
  const [head, ...body] = [...rowsOf(text, (line, message) => mistakes.push({ line, message }))];
  if (head === undefined) return { header: [], rows: [], mistakes: [{ line: 1, message: 'the file is empty' }] };
  const header = head.cells.map((cell) => cell.trim());
  const twice = header.find((column, index) => header.indexOf(column) !== index);
  if (twice !== undefined)
    mistakes.push({ line: head.line, message: `the header names ${JSON.stringify(twice)} twice` });
  for (const { line, cells } of body) {
    if (cells.length === header.length || mistakes.some((mistake) => mistake.line === line)) continue;
    mistakes.push({ line, message: `the row has ${cells.length} cells, the header ${header.length}` });
  }
  return { header, rows: body, mistakes: mistakes.sort((a, b) => a.line - b.line) };
}

/** A cell in quotes (the last quote may be missing) or without, and what ends it. */
const CELL = /(?:"((?:[^"]+|"")*)("?)([^,\r\n]*)|([^,\r\n]*))(,|\r?\n|\r|$)/y;

function* rowsOf(text: string, mistake: (line: number, message: string) => void) {
  let line = 1;
  let start = 1;
  let cells: string[] = [];
  const cell = new RegExp(CELL);
  while (cell.lastIndex < text.length || cells.length > 0) {
    const [whole, quoted, closing, after, plain, end] = cell.exec(text)!;
    if (quoted !== undefined && closing === '') mistake(line, 'a quote is opened and never closed');
    else if (after) mistake(line, `${JSON.stringify(after)} stands after the closing quote`);
    else if (plain?.includes('"'))
      mistake(line, 'a quote stands inside a cell that does not begin with one; double it and quote the cell');
    cells.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    line += whole.split('\n').length - 1;
    if (end === ',') continue;
    // A line without any text is no row.
    if (cells.length > 1 || cells[0] !== '') yield { line: start, cells };
    cells = [];
    start = line;
  }
}
