import { MAX_RECORD_BYTES, RecordScanner, type Flaw } from './record-scanner.js';

interface Scanned {
  readonly record: string;
  readonly line: number;
  readonly fields: number;
}

class Flawed extends Error {
  constructor(readonly flaw: Flaw) {
    super(flaw.kind);
  }
}

function scan(text: string, chunkBytes = 1_000_000, quote: string | null = '"', skip = 0): Scanned[] {
  const records: Scanned[] = [];
  const scanner = new RecordScanner(
    ',',
    quote,
    {
      record: (bytes, start, end, line, fields) =>
        records.push({ record: bytes.toString('utf8', start, end), line, fields }),
      flaw: (flaw) => {
        throw new Flawed(flaw);
      },
    },
    skip,
  );
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += chunkBytes) scanner.push(bytes.subarray(at, at + chunkBytes));
  scanner.end();
  return records;
}

describe('the record scanner', () => {
  it('finds records and counts their fields, blank ones too', () => {
    expect(scan('a,b,c\n1,,\n,,,\nx\n')).toEqual([
      { record: 'a,b,c', line: 1, fields: 3 },
      { record: '1,,', line: 2, fields: 3 },
      { record: ',,,', line: 3, fields: 4 },
      { record: 'x', line: 4, fields: 1 },
    ]);
  });

  it('takes LF, CRLF and CR as line endings, mixed as they come', () => {
    expect(scan('1\n2\r\n3\r4\n\n6\r\n\r\n8\r\r10')).toEqual(
      ['1', '2', '3', '4', '', '6', '', '8', '', '10'].map((record, index) => ({
        record,
        line: index + 1,
        fields: record === '' ? 0 : 1,
      })),
    );
  });

  it('keeps what is inside quotes together, and knows the line of what follows', () => {
    expect(scan('"a,b","c\nd\r\ne\rf","say ""hi""",""\nx\n')).toEqual([
      { record: '"a,b","c\nd\r\ne\rf","say ""hi""",""', line: 1, fields: 4 },
      { record: 'x', line: 5, fields: 1 },
    ]);
  });

  it('needs no new line after the last record', () => {
    for (const end of ['', '\n', '\r\n', '\r']) expect(scan(`a,b\n1,"2"${end}`).at(-1)?.fields).toBe(2);
    expect(scan('a,b\n1,').at(-1)).toEqual({ record: '1,', line: 2, fields: 2 });
    expect(scan('')).toEqual([]);
  });

  it('sees the same whatever the chunks are', () => {
    const text = 'имя,b\r\n"x ""y""\r\nz",2\r\n\r\n3,"4"\r5,\n"",6';
    const whole = scan(text);
    expect(whole).toHaveLength(6);
    for (let size = 1; size < Buffer.byteLength(text); size += 1) expect(scan(text, size)).toEqual(whole);
  });

  it('passes over the lines above the header without reading them as CSV', () => {
    expect(scan('Weekly "figures\r\n\na,b\n1,2', 1, '"', 2)).toEqual([
      { record: 'a,b', line: 3, fields: 2 },
      { record: '1,2', line: 4, fields: 2 },
    ]);
    expect(scan('only\none', 100, '"', 2)).toEqual([]);
  });

  it('takes quotes as they are where the file has no quoting', () => {
    expect(scan('5" pipe,"\n', 100, null)).toEqual([{ record: '5" pipe,"', line: 1, fields: 2 }]);
  });

  it.each<[string, Flaw]>([
    ['a\n1,"2\n3,4\n', { kind: 'unclosed_quote', line: 2 }],
    ['a\n1,"2', { kind: 'unclosed_quote', line: 2 }],
    ['a\n1,"', { kind: 'unclosed_quote', line: 2 }],
    ['a\n1,"2\n3,"4",5\n', { kind: 'unclosed_quote', line: 2 }],
    ['a\n1,x"y\n', { kind: 'stray_quote', line: 2 }],
    ['a\n1,"x"y\n', { kind: 'stray_quote', line: 2 }],
    ['a\n1, "x"\n', { kind: 'stray_quote', line: 2 }],
    ['a\n1,"x" \n', { kind: 'stray_quote', line: 2 }],
    ['a\n1,"x\n\0"\n', { kind: 'nul_byte', line: 3 }],
    [`a\n${'x'.repeat(MAX_RECORD_BYTES + 1)}\n`, { kind: 'record_too_long', line: 2 }],
    [`a\n"${'x'.repeat(MAX_RECORD_BYTES + 1)}`, { kind: 'unclosed_quote', line: 2 }],
  ])('says what is wrong with %.20j, and on which line', (text, flaw) => {
    let seen: unknown;
    try {
      scan(text, 1000);
    } catch (error) {
      seen = error instanceof Flawed ? error.flaw : error;
    }
    expect(seen).toEqual(flaw);
  });
});
