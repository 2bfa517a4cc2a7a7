import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckDbWorkspace } from '@weir/adapter-duckdb';
import type { RawExtraction, Workspace } from '@weir/pipeline';
import fc from 'fast-check';
import { csvSource } from './csv-source.js';

let folder: string;
let workspace: Workspace;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csv-'));
  workspace = await openDuckDbWorkspace({ scratch: folder, memoryLimit: '200MB', threads: 2 });
});
afterEach(async () => {
  await workspace.close();
  await rm(folder, { recursive: true });
});

type Files = { readonly [name: string]: string | Buffer };

async function read(files: Files, wanted: readonly string[], options: object = {}): Promise<RawExtraction> {
  const items = await Promise.all(
    Object.entries(files).map(async ([name, content], index) => {
      const path = join(folder, `landed-${index}`);
      await writeFile(path, content);
      return { name, path };
    }),
  );
  return csvSource.read(csvSource.options.parse({ paths: 'any', ...options }), items, wanted, workspace);
}

async function rows(extraction: RawExtraction): Promise<unknown[][]> {
  const found = await workspace.query<object>(`SELECT * FROM ${extraction.relation} ORDER BY _file, _row`);
  return found.map((row) => Object.values(row) as unknown[]);
}

/** Rows of one file without its name: line, then the wanted columns. */
async function table(content: string | Buffer, wanted: readonly string[], options: object = {}): Promise<unknown[][]> {
  return (await rows(await read({ 'a.csv': content }, wanted, options))).map(([, ...row]) => row);
}

function utf16(text: string, littleEndian: boolean): Buffer {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return littleEndian ? bytes : bytes.swap16();
}

describe('reading csv files', () => {
  it('gives the file, the line and the wanted columns as text', async () => {
    const extraction = await read({ 'data/a.csv': 'region,date,cases\nAlpha,2023-05-01,007\nBeta,2023-05-01,\n' }, [
      'cases',
      'region',
    ]);
    expect(extraction.columns).toEqual(['cases', 'region']);
    expect(await workspace.columns(extraction.relation)).toEqual(['_file', '_row', 'cases', 'region']);
    expect(await rows(extraction)).toEqual([
      ['data/a.csv', 2, '007', 'Alpha'],
      ['data/a.csv', 3, null, 'Beta'],
    ]);
    expect(extraction.rejects).toBeUndefined();
    expect(extraction.warnings).toEqual([]);
  });

  it('reads several files with their columns in different orders into one relation', async () => {
    const files = { 'b.csv': 'cases,extra,region\n2,x,Beta\n', 'a.csv': 'region,cases\nAlpha,1\n' };
    expect(await rows(await read(files, ['region', 'cases']))).toEqual([
      ['a.csv', 2, 'Alpha', '1'],
      ['b.csv', 2, 'Beta', '2'],
    ]);
  });

  it.each([
    ['LF', 'a,b\n1,2\n3,4\n'],
    ['CRLF', 'a,b\r\n1,2\r\n3,4\r\n'],
    ['CR', 'a,b\r1,2\r3,4\r'],
    ['mixed', 'a,b\r\n1,2\n3,4\r\n'],
    ['mixed the other way', 'a,b\n1,2\r\n3,4'],
    ['no last', 'a,b\n1,2\n3,4'],
  ])('reads %s line endings', async (_name, text) => {
    expect(await table(text, ['a', 'b'])).toEqual([
      [2, '1', '2'],
      [3, '3', '4'],
    ]);
  });

  it('reads quoted delimiters, new lines and doubled quotes, and still knows the line of each row', async () => {
    const text = 'name,n\r\n"a, b",1\r\n"two\r\nlines",2\r\n"say ""hi""",3\r\n"",4\r\n"""",5\r\n';
    expect(await table(text, ['name', 'n'])).toEqual([
      [2, 'a, b', '1'],
      [3, 'two\r\nlines', '2'],
      [5, 'say "hi"', '3'],
      [6, null, '4'],
      [7, '"', '5'],
    ]);
  });

  it.each([
    ['UTF-8', Buffer.from('регион,n\nМосква,1\n'), {}],
    ['UTF-8 with BOM', Buffer.from('\ufeffрегион,n\nМосква,1\n'), {}],
    ['UTF-16LE with BOM', utf16('регион,n\nМосква,1\n', true), {}],
    ['UTF-16BE with BOM', utf16('регион,n\nМосква,1\n', false), {}],
    ['UTF-16LE, declared', utf16('регион,n\nМосква,1\n', true).subarray(2), { encoding: 'utf-16le' }],
    ['UTF-8 with BOM, declared otherwise', Buffer.from('\ufeffрегион,n\nМосква,1\n'), { encoding: 'windows-1251' }],
    [
      'windows-1251',
      Buffer.from('f0e5e3e8eeed2c6e0acceef1eae2e02c310a', 'hex'), // the same text in that encoding
      { encoding: 'windows-1251' },
    ],
  ])('reads %s', async (_name, bytes, options) => {
    expect(await table(bytes, ['регион', 'n'], options)).toEqual([[2, 'Москва', '1']]);
  });

  it('reads windows-1252 as the web does, not as Latin-1', async () => {
    const bytes = Buffer.from('a,b\n\x80,it\x92s\n', 'latin1');
    expect(await table(bytes, ['a', 'b'], { encoding: 'iso-8859-1' })).toEqual([[2, '€', 'it’s']]);
  });

  it('finds columns whatever spaces stand around their names, and a BOM before a quoted one', async () => {
    expect(await table('\ufeff"a, x", b ,c\n1,2,3\n', ['a, x', 'b'])).toEqual([[2, '1', '2']]);
  });

  it('reads other delimiters and quotes, and a header further down', async () => {
    expect(
      await table("# weekly 'figures\n\na\tb\n'1\t2'\t3\n", ['a', 'b'], { delimiter: 'tab', quote: "'", header: 3 }),
    ).toEqual([[4, '1\t2', '3']]);
    expect(await table('a;b\n5" pipe;"x\n', ['a', 'b'], { delimiter: ';', quote: 'none' })).toEqual([
      [2, '5" pipe', '"x'],
    ]);
  });

  it('reads a file of one column, where an empty line is an empty value', async () => {
    expect(await table('a\n1\n\n3\n', ['a'])).toEqual([
      [2, '1'],
      [3, null],
      [4, '3'],
    ]);
  });

  it('skips blank lines, and warns of those between rows', async () => {
    const extraction = await read({ 'a.csv': 'a,b\n1,2\n\n\n5,6\n\n\n' }, ['a']);
    expect(await rows(extraction)).toEqual([
      ['a.csv', 2, '1'],
      ['a.csv', 5, '5'],
    ]);
    expect(extraction.warnings).toEqual([
      { code: 'blank_lines', message: 'a.csv: blank lines between rows were skipped', count: 2 },
    ]);
  });

  it('gives back every text, whatever is in it', async () => {
    const character = fc.constantFrom('a', ',', '"', '\n', '\r', ';', ' ', 'ж', '😀', "'", '\\', '#', '\t', 'NULL');
    const cell = fc.array(character, { maxLength: 5 }).map((parts) => parts.join(''));
    const tables = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(tables, fc.constantFrom('\n', '\r\n', '\r'), async (cells, newline) => {
        const lines = cells.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(','));
        const read = await table(['a,b,c', ...lines].join(newline), ['a', 'b', 'c']);
        expect(read.map(([, ...row]) => row.map((text) => text ?? ''))).toEqual(cells);
      }),
      { numRuns: 60 },
    );
  });

  it('reads many rows in parallel with the right line for each, and stays within its memory', async () => {
    const lines = Array.from({ length: 300_000 }, (_, index) => `R${index % 90},${index + 2},"some, text"`);
    const extraction = await read({ 'big.csv': `region,line,text\n${lines.join('\n')}\n` }, ['line', 'text']);
    const [summary] = await workspace.query(
      `SELECT count(*) AS rows, count(*) FILTER (_row = "line"::BIGINT) AS right_line, min(text) AS text FROM ${extraction.relation}`,
    );
    expect(summary).toEqual({ rows: 300_000, right_line: 300_000, text: 'some, text' });
  });
});

describe('refusing csv files', () => {
  const long = 'a,b\n'.concat(...Array.from({ length: 60_000 }, (_, index) => `${index},xxxxxxxx\n`));

  it.each<[string, string | Buffer, string, number | undefined, object]>([
    ['0 bytes', '', 'file_empty', undefined, {}],
    ['a BOM alone', '\ufeff', 'file_empty', undefined, {}],
    ['a header alone', 'a,b\n', 'no_rows', 1, {}],
    ['a header and blank lines', 'a,b\n\n\n', 'no_rows', 1, {}],
    ['a header beyond the end', 'a,b\n1,2\n', 'header_missing', 5, { header: 5 }],
    ['a blank header', '\na,b\n1,2\n', 'header_missing', 1, {}],
    ['a duplicate header', 'a,b, a \n1,2,3\n', 'duplicate_header', 1, {}],
    ['an unclosed quote', 'a,b\n1,2\n3,"4\n5,6\n', 'unclosed_quote', 3, {}],
    ['an unclosed quote far from the end', `a,b\n1,"2\n${long}`, 'unclosed_quote', 2, {}],
    ['a quote in the middle of a field', 'a,b\n1,x"y\n', 'stray_quote', 2, {}],
    ['a text after a quote', 'a,b\n1,"x"y\n', 'stray_quote', 2, {}],
    ['a NUL byte', 'a,b\n1,\0\n', 'nul_byte', 2, {}],
    ['UTF-16 without BOM or declaration', Buffer.from('a,b\n1,2\n', 'utf16le'), 'nul_byte', 1, {}],
    ['Latin-1 taken for UTF-8', Buffer.from('a,b\n1,x\n2,\xe9\n', 'latin1'), 'wrong_encoding', 3, {}],
    ['Latin-1 far down', Buffer.from(`${long}1,\xe9\n`, 'latin1'), 'wrong_encoding', 60_002, {}],
    ['UTF-8 that ends within a character', Buffer.from('a,b\n1,é').subarray(0, -1), 'wrong_encoding', 2, {}],
    ['UTF-16 that ends within a character', utf16('a,b\n1,2', true).subarray(0, -1), 'wrong_encoding', 2, {}],
    [
      'UTF-8 taken for Shift_JIS',
      Buffer.from('a,b\r\n1,2\r\n1,\xff\xff\r\n', 'latin1'),
      'wrong_encoding',
      3,
      { encoding: 'shift_jis' },
    ],
    ['a missing column', 'region;b\n1;2\n', 'missing_column', 1, {}],
  ])('refuses %s', async (_name, content, code, line, options) => {
    const failure = read({ 'bad.csv': content }, ['a'], options);
    const error = (await failure.catch((error: unknown) => error)) as { message: string };
    expect(error).toMatchObject({ code, retryable: false, details: { file: 'bad.csv', ...(line ? { line } : {}) } });
    expect(error.message).toContain(line === undefined ? 'bad.csv' : `bad.csv:${line} `);
    expect(error.message).not.toMatch(/duckdb|read_csv|strict_mode|landed-/i);
  });

  it.each([
    ['region;cases\nx;1\n', 'region', 'Is the delimiter ";"?'],
    ['Region,cases\nx,1\n', 'region', 'Did you mean "Region"?'],
    ['regions,cases\nx,1\n', 'region', 'Did you mean "regions"?'],
    ['country,cases\nx,1\n', 'region', 'found: "country", "cases"'],
  ])('says what may be meant by a column that %j lacks', async (text, wanted, hint) => {
    await expect(read({ 'a.csv': text }, [wanted])).rejects.toMatchObject({
      code: 'missing_column',
      message: expect.stringContaining(hint),
    });
  });

  it('refuses columns that differ in case only', async () => {
    await expect(read({ 'a.csv': 'a,A\n1,2\n' }, ['a', 'A'])).rejects.toMatchObject({ code: 'ambiguous_column' });
    await expect(read({ 'a.csv': '_row,A\n1,2\n' }, ['_row'])).rejects.toMatchObject({ code: 'ambiguous_column' });
  });

  const ragged = 'a,b,c\n1,2,3\n4,5\n"x\ny",5,6\n7,8,9,10\n1,2,3,\n  \n1,2,3\n';

  it('lists ragged rows of all files with their counts', async () => {
    await expect(read({ 'a.csv': ragged, 'b.csv': 'a,b\n1\n2,3\n' }, ['a'])).rejects.toMatchObject({
      code: 'ragged_row',
      message: expect.stringContaining(
        'a.csv:3 has 2 fields instead of 3, a.csv:6 has 4 fields instead of 3, a.csv:7 has 4 fields instead of 3, ' +
          'a.csv:8 has 1 field instead of 3, b.csv:2 has 1 field instead of 2.',
      ),
      details: { count: 5 },
    });
  });

  it('lists the first ten and counts the others', async () => {
    await expect(read({ 'a.csv': `a,b\n${'1\n'.repeat(25)}` }, ['a'])).rejects.toMatchObject({
      message: expect.stringMatching(/a\.csv:11 has 1 field instead of 2, and 15 more\./),
      details: { count: 25 },
    });
  });

  it('leaves ragged rows out where that is declared, and keeps them with their reason', async () => {
    const extraction = await read({ 'a.csv': ragged }, ['a', 'c'], { ragged: 'reject' });
    expect(await rows(extraction)).toEqual([
      ['a.csv', 2, '1', '3'],
      ['a.csv', 4, 'x\ny', '6'],
      ['a.csv', 9, '1', '3'],
    ]);
    expect(await workspace.query(`SELECT * FROM ${extraction.rejects ?? ''} ORDER BY "row"`)).toEqual([
      { file: 'a.csv', row: 3, code: 'ragged_row', reason: '2 fields instead of 3', record: '4,5' },
      { file: 'a.csv', row: 6, code: 'ragged_row', reason: '4 fields instead of 3', record: '7,8,9,10' },
      { file: 'a.csv', row: 7, code: 'ragged_row', reason: '4 fields instead of 3', record: '1,2,3,' },
      { file: 'a.csv', row: 8, code: 'ragged_row', reason: '1 field instead of 3', record: '  ' },
    ]);
  });
});
