import { jest } from '@jest/globals';
import fc from 'fast-check';
import { foldSpaces } from '../definition/fold-spaces.js';
import type { FigureFormat } from '../definition/plan.js';
import type { Workspace } from '../ports/workspace.js';
import { openScratchWorkspace } from '../../test/raw-rows.js';
import { dayValue, figureError, figureValue, folded } from './text-sql.js';

// Hundreds of queries per property, on machines that may be busy.
jest.setTimeout(60_000);

let workspace: Workspace;
beforeAll(async () => {
  workspace = await openScratchWorkspace();
});
afterAll(() => workspace.close());

async function evaluate<T>(expression: string, text: string | null): Promise<T> {
  const [row] = await workspace.query<{ value: T }>(`SELECT ${expression} AS value FROM (SELECT ?::VARCHAR AS t)`, [
    text,
  ]);
  return row!.value;
}

const POINT: FigureFormat = { decimal: '.', blank: [] };
const COMMA: FigureFormat = { decimal: ',', blank: [] };

describe('a figure', () => {
  it.each([
    ['5', 5],
    ['-5', -5],
    ['+5', 5],
    ['0', 0],
    ['12.5', 12.5],
    ['1e5', 100_000],
    [' 7 ', 7],
    ['3 781', 3781],
    ['3\u00a0781', 3781],
    ['3\u202f781', 3781],
    ['\u00a03781\u00a0', 3781],
    ['+1,234', 1234],
    ['1,234,567.5', 1_234_567.5],
    ["1'234", 1234],
    ['1’234', 1234],
    ['−5', -5],
    ['–5', -5],
    ['− 1 234', -1234],
    ['007', 7],
  ])('reads %j as %d', async (text, figure) => {
    expect(await evaluate(figureValue('t', POINT), text)).toBe(figure);
    expect(await evaluate(figureError(figureValue('t', POINT), 't', POINT), text)).toBe(false);
  });

  it.each([
    ['1 234,5', 1234.5],
    ['1.234,5', 1234.5],
    ['1.234', 1234],
    ['0,5', 0.5],
    ['−3\u00a0781', -3781],
  ])('reads %j as %d where the decimal sign is a comma', async (text, figure) => {
    expect(await evaluate(figureValue('t', COMMA), text)).toBe(figure);
  });

  it.each([null, '', '   ', '\u00a0', '\u202f\u200b'])('is blank as %j', async (text) => {
    expect(await evaluate(figureValue('t', POINT), text)).toBeNull();
    expect(await evaluate(figureError(figureValue('t', POINT), 't', POINT), text)).toBe(false);
  });

  const refused = [
    'nan',
    'NaN',
    'inf',
    '-Infinity',
    '1_000',
    '12abc',
    '1,23',
    '1 2345',
    '12 34',
    '1,2345',
    '--5',
    '5-',
    '+',
    '-',
  ];
  it.each([...refused, '0x10', '1.2.3', '1,234,56', 'n/a', '1e999', '9'.repeat(400)])('is not %j', async (text) => {
    expect(await evaluate(figureValue('t', POINT), text)).toBeNull();
    expect(await evaluate(figureError(figureValue('t', POINT), 't', POINT), text)).toBe(true);
  });

  it.each(['1.23', '1,234,5', '1 234.5', 'nan'])('is not %j where the decimal sign is a comma', async (text) => {
    expect(await evaluate(figureError(figureValue('t', COMMA), 't', COMMA), text)).toBe(true);
  });

  it('is blank where the mapping says so, even if it looks like a figure', async () => {
    const format = { decimal: '.', blank: ['n/a', '-1'] } as const;
    for (const text of ['n/a', ' n/a\u00a0', '-1']) {
      expect(await evaluate(figureValue('t', format), text)).toBeNull();
      expect(await evaluate(figureError(figureValue('t', format), 't', format), text)).toBe(false);
    }
    expect(await evaluate(figureValue('t', format), '-10')).toBe(-10);
    expect(await evaluate(figureError(figureValue('t', format), 't', format), 'N/A')).toBe(true);
  });

  it('is read back to the last bit, as programs write doubles', () =>
    fc.assert(
      fc.asyncProperty(fc.double({ noNaN: true, noDefaultInfinity: true }), async (figure) => {
        expect(await evaluate(figureValue('t', POINT), String(figure))).toBe(Number(String(figure)));
      }),
    ));
});

describe('a day', () => {
  it.each([
    ['2023-05-15', '%Y-%m-%d', '2023-05-15'],
    ['\u00a02023-05-15 ', '%Y-%m-%d', '2023-05-15'],
    ['2024-02-29', '%Y-%m-%d', '2024-02-29'],
    ['15.05.2023', '%d.%m.%Y', '2023-05-15'],
    ['05/15/23', '%m/%d/%y', '2023-05-15'],
    ['2023-05-15 23:59:00', '%Y-%m-%d %H:%M:%S', '2023-05-15'],
    ['15 May 2023', '%d %B %Y', '2023-05-15'],
  ])('reads %j written as %s', async (text, format, day) => {
    expect(await evaluate(dayValue('t', format), text)).toBe(day);
  });

  it.each([
    '2023-02-30',
    '2023-13-01',
    '15.05.2023',
    '2023-05-15x',
    '23-05-15',
    'epoch',
    'infinity',
    '-infinity',
    '',
    null,
  ])('is not %j', async (text) => {
    expect(await evaluate(dayValue('t', '%Y-%m-%d'), text)).toBeNull();
  });
});

it('folds a text as the definitions fold theirs', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 4 }).filter((text) => !text.includes('\0')),
    fc.constantFrom(
      ' ',
      '\t',
      '\v',
      '\n',
      '\r',
      '\u00a0',
      '\u1680',
      '\u2003',
      '\u200b',
      '\u2028',
      '\u202f',

      '\u3000',
      '\ufeff',
      'e\u0301',
    ),
  );
  return fc.assert(
    fc.asyncProperty(
      fc.array(piece).map((pieces) => pieces.join('')),
      async (text) => {
        expect(await evaluate(folded('t'), text)).toBe(foldSpaces(text));
      },
    ),
  );
});
