import { WeirError } from '@weir/pipeline';

/** The first row of a file: its columns, in the order of its fields. */
export interface Header {
  readonly names: readonly string[];
  /** From 1. */
  readonly line: number;
}

/** The texts of one record that a scanner found well-formed. */
export function fieldsOf(record: string, delimiter: string, quote: string | null): string[] {
  if (quote === null) return record.split(delimiter);
  const fields: string[] = [];
  let at = 0;
  while (at <= record.length) {
    let end: number;
    if (record[at] === quote) {
      end = at + 1;
      while (record[end] !== quote || record[end + 1] === quote) end += record[end] === quote ? 2 : 1;
      fields.push(record.slice(at + 1, end).replaceAll(quote + quote, quote));
      end += 1;
    } else {
      end = record.indexOf(delimiter, at);
      if (end === -1) end = record.length;
      fields.push(record.slice(at, end));
    }
    at = end + 1;
  }
  return fields;
}

/**
 * Checks that a header can be read without guessing.
 * @throws WeirError `duplicate_header`, or `missing_column` with the names found and, if one is near, which was meant.
 */
export function checkHeader(file: string, header: Header, wanted: readonly string[], delimiter: string): void {
  const { names, line } = header;
  for (const [index, name] of names.entries()) {
    const first = names.indexOf(name);
    if (name === '' || first === index) continue;
    throw new WeirError(
      'duplicate_header',
      `${file}:${line} names the column "${name}" twice, as columns ${first + 1} and ${index + 1}: which one is meant ` +
        'cannot be told. Give each column of the file a name of its own.',
      { details: { file, line, column: name } },
    );
  }
  const missing = wanted.find((name) => !names.includes(name));
  if (missing === undefined) return;
  throw new WeirError(
    'missing_column',
    `${file}:${line} has no column "${missing}"; found: ${names.map((name) => `"${name}"`).join(', ')}. ` +
      hint(missing, names, delimiter),
    { details: { file, line, column: missing, found: names } },
  );
}

function hint(missing: string, names: readonly string[], delimiter: string): string {
  const other = [',', ';', '\t', '|'].find((character) => character !== delimiter && names[0]?.includes(character));
  if (names.length === 1 && other !== undefined) {
    return `Is the delimiter ${other === '\t' ? 'tab' : `"${other}"`}? Say so with \`delimiter\`.`;
  }
  const near = names
    .map((name) => ({ name, distance: editDistance(missing.toLowerCase(), name.toLowerCase()) }))
    .filter(({ distance }) => distance <= Math.max(1, Math.floor(missing.length / 4)))
    .sort((a, b) => a.distance - b.distance)[0];
  if (near) return `Did you mean "${near.name}"?`;
  return 'Name columns as the file does, or say with `header` on which line their names are.';
}

/** How many characters must be put in, left out or replaced to make `a` of `b`. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
