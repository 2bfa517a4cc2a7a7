import fc from 'fast-check';
import type { KeyedLines } from './encoded-messages.js';
import { halves, splitRecords } from './split-records.js';

const records = fc.array(
  fc.record({
    key: fc.constantFrom('DEU', 'FRA', 'ITA'),
    lines: fc
      .array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 8 })
      .map((lengths) => Buffer.from(lengths.map((length, n) => String(n % 10).repeat(length)).join('\n'))),
  }),
  { maxLength: 6 },
);

/** Every record with its key. */
const single = (some: readonly KeyedLines[]) =>
  some.flatMap(({ key, lines }) =>
    lines
      .toString()
      .split('\n')
      .map((line) => [key, line]),
  );
const bytesOf = (some: readonly KeyedLines[]) => some.reduce((sum, { lines }) => sum + lines.length, 0);

it('keeps every record, whole and in its place', () => {
  fc.assert(
    fc.property(records, fc.integer({ min: 1, max: 200 }), (some, maxBytes) => {
      expect(splitRecords(some, maxBytes).flatMap(single)).toEqual(single(some));
    }),
  );
});

it('makes no portion larger than it may be, but of one record that is', () => {
  fc.assert(
    fc.property(records, fc.integer({ min: 1, max: 200 }), (some, maxBytes) => {
      for (const portion of splitRecords(some, maxBytes)) {
        expect(portion).not.toEqual([]);
        if (single(portion).length > 1) expect(bytesOf(portion)).toBeLessThanOrEqual(maxBytes);
      }
    }),
  );
});

it('fills portions: the first record of one would not have fitted into the one before', () => {
  fc.assert(
    fc.property(records, fc.integer({ min: 1, max: 200 }), (some, maxBytes) => {
      const portions = splitRecords(some, maxBytes);
      portions.slice(1).forEach((portion, n) => {
        const [[, line = ''] = []] = single(portion);
        expect(bytesOf(portions[n] ?? []) + line.length).toBeGreaterThan(maxBytes - 1);
      });
    }),
  );
});

it('copies nothing', () => {
  const lines = Buffer.from('one\ntwo\nthree');
  const portions = splitRecords([{ key: 'DEU', lines }], 7);
  expect(portions.map(single)).toEqual([
    [
      ['DEU', 'one'],
      ['DEU', 'two'],
    ],
    [['DEU', 'three']],
  ]);
  for (const [{ lines: part } = { lines: null }] of portions) expect(part?.buffer).toBe(lines.buffer);
});

it('halves anything that is more than one record, down to single ones', () => {
  fc.assert(
    fc.property(records, (some) => {
      const portions = halves(some);
      if (single(some).length < 2) return expect(portions).toBeNull();
      // Records without a byte do not travel here: JSON has two at least.
      fc.pre(single(some).every(([, line]) => line !== ''));
      expect(portions?.flatMap(single)).toEqual(single(some));
      for (const portion of portions ?? []) expect(single(portion).length).toBeLessThan(single(some).length);
    }),
  );
});
