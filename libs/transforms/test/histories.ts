/** Histories for property tests: several series that turn from daily rows to sums, each at its own time. */
import fc from 'fast-check';
import type { Row } from './relations.js';
import { METRICS, type Cut, type Figures, type Rule, type StoredFigures } from './reference-rules.js';

const MS_OF_DAY = 86_400_000;
/** 2023-05-01, a Monday. */
const START = 19_478;

export interface History {
  readonly rows: readonly Figures[];
  readonly rule: Rule;
}

export function dayText(day: number): string {
  return new Date(day * MS_OF_DAY).toISOString().slice(0, 10);
}

export function dayNumber(text: string): number {
  return Date.parse(`${text}T00:00:00Z`) / MS_OF_DAY;
}

export function toRow({ day, ...figures }: Figures | StoredFigures): Row {
  return { ...figures, date: dayText(day) };
}

/** Halves, so that adding them is exact and the reference needs no tolerance to see a negative rest. */
const figure = (max: number) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 2 * max }).map((halves) => halves / 2) },
    { weight: 1, arbitrary: fc.integer({ min: -20, max: -1 }) },
    { weight: 1, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.constant(null) },
  );

const cells = (max: number) => fc.record({ cases: figure(max), deaths: figure(max) });

/** Daily rows up to the cut, some days absent, some cells blank. */
const dailyCells = fc.array(fc.option(cells(40), { freq: 5 }), { maxLength: 12 });

function dailyRows(region: string, lastDay: number, days: readonly (object | null)[]): Figures[] {
  return days.flatMap((day, index) =>
    day === null
      ? []
      : [{ region, day: lastDay - days.length + 1 + index, ...(day as Pick<Figures, 'cases' | 'deaths'>) }],
  );
}

interface Series {
  readonly rows: readonly Figures[];
  readonly cut: Cut;
}

/** Weeks that follow one another with gaps; `overlaps` lets some begin before the one before has ended. */
function weeklySeries(region: string, overlaps: boolean): fc.Arbitrary<Series> {
  const step = overlaps ? fc.integer({ min: 1, max: 14 }) : fc.oneof(fc.constant(7), fc.integer({ min: 7, max: 20 }));
  return fc
    .record({
      kind: fc.constantFrom('cut', 'cut', 'cut', 'all', 'none'),
      cut: fc.integer({ min: START, max: START + 20 }),
      daily: dailyCells,
      offset: fc.integer({ min: 1, max: 10 }),
      weeks: fc.array(fc.record({ step, figures: cells(500) }), { maxLength: 5 }),
    })
    .map(({ kind, cut, daily, offset, weeks }) => {
      let day = cut + offset;
      const sums = weeks.map((week) => {
        const row = { region, day, ...week.figures };
        day += week.step;
        return row;
      });
      if (kind === 'all') return { rows: sums, cut: 'all' };
      return { rows: [...dailyRows(region, cut, daily), ...sums], cut: kind === 'none' ? 'none' : cut };
    });
}

/** Lumps of 5 to 35 days, with zeros on some of the days between. */
function lumpSeries(region: string): fc.Arbitrary<Series> {
  const lump = fc.record({
    step: fc.integer({ min: 5, max: 35 }),
    figures: cells(900),
    zeros: fc.array(fc.integer({ min: 1, max: 34 }), { maxLength: 34 }),
  });
  return fc
    .record({
      cut: fc.integer({ min: START, max: START + 20 }),
      daily: dailyCells,
      lumps: fc.array(lump, { maxLength: 4 }),
    })
    .map(({ cut, daily, lumps }) => {
      const rows = dailyRows(region, cut, daily);
      let before = cut;
      for (const { step, figures, zeros } of lumps) {
        for (const ahead of new Set(zeros.filter((day) => day < step))) {
          rows.push({ region, day: before + ahead, cases: 0, deaths: ahead % 2 === 0 ? 0 : null });
        }
        before += step;
        rows.push({ region, day: before, ...figures });
      }
      return { rows, cut };
    });
}

function historyOf(series: (region: string) => fc.Arbitrary<Series>, rule: Omit<Rule, 'cuts'>): fc.Arbitrary<History> {
  return fc.tuple(series('DEU'), fc.option(series('FRA')), fc.option(series('ITA'))).chain((all) => {
    const present = all.filter((one) => one !== null);
    const regions = ['DEU', 'FRA', 'ITA'].filter((_, index) => all[index] !== null);
    const rows = present.flatMap((one) => one.rows);
    return fc.shuffledSubarray(rows, { minLength: rows.length }).map((shuffled) => ({
      rows: shuffled,
      rule: { ...rule, cuts: Object.fromEntries(regions.map((region, at) => [region, present[at]?.cut ?? 'none'])) },
    }));
  });
}

export const weeklyHistories = historyOf((region) => weeklySeries(region, false), { span: 'week', zeros: 'keep' });
export const overlappingHistories = historyOf((region) => weeklySeries(region, true), { span: 'week', zeros: 'keep' });
export const lumpHistories = historyOf(lumpSeries, { span: 'since_previous', zeros: 'ignore' });
export const keptZeroHistories = historyOf(lumpSeries, { span: 'since_previous', zeros: 'keep' });
export const weeksBetweenZeros = historyOf(
  (region) =>
    weeklySeries(region, false).chain(({ rows, cut }) =>
      fc.subarray([1, 2, 3, 4, 5, 6]).map((days) => {
        const sums = rows.filter((row) => typeof cut !== 'number' || row.day > cut);
        const taken = new Set(rows.map((row) => row.day));
        const zeros = sums.flatMap((row) =>
          days
            .map((ahead) => ({ region, day: row.day - ahead, cases: 0, deaths: 0 }))
            .filter((zero) => !taken.has(zero.day)),
        );
        return {
          cut,
          rows: [...rows, ...(cut === 'none' ? [] : zeros.filter((row) => cut === 'all' || row.day > cut))],
        };
      }),
    ),
  { span: 'week', zeros: 'ignore' },
);

/** The parameters as they stand in a pipeline file. */
export function optionsOf({ cuts, span, zeros }: Rule) {
  const text = (cut: Cut) => (typeof cut === 'number' ? dayText(cut) : cut);
  return {
    cut: {
      default: 'none',
      series: Object.fromEntries(Object.entries(cuts).map(([region, cut]) => [region, text(cut)])),
    },
    span,
    zero_between_weeks: zeros,
  };
}

/** Fails unless the rows are the same, figures within 1e-9 of one another. */
export function expectSameRows(found: readonly Row[], wanted: readonly StoredFigures[]): void {
  const key = (row: Row) => `${String(row.region)} ${String(row.date)}`;
  const sorted = wanted.map(toRow).sort((a, b) => (key(a) < key(b) ? -1 : 1));
  const shape = ({ region, date, basis, filled }: Row) => ({ region, date, basis, filled });
  expect(found.map(shape)).toEqual(sorted.map(shape));
  found.forEach((row, index) => {
    for (const metric of METRICS) {
      const [is, should] = [row[metric], sorted[index]?.[metric]];
      if (typeof is !== 'number' || typeof should !== 'number')
        expect([key(row), metric, is]).toEqual([key(row), metric, should]);
      else if (Math.abs(is - should) > 1e-9 * Math.max(1, Math.abs(should))) {
        throw new Error(`${metric} of ${key(row)} is ${is}, not ${should}`);
      }
    }
  });
}
