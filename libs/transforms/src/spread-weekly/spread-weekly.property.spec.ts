import { jest } from '@jest/globals';
import fc from 'fast-check';
import { WeirError, type Workspace } from '@weir/pipeline';
import {
  dayNumber,
  dayText,
  expectSameRows,
  keptZeroHistories,
  lumpHistories,
  optionsOf,
  overlappingHistories,
  toRow,
  weeklyHistories,
  weeksBetweenZeros,
  type History,
} from '../../test/histories.js';
import { METRICS, spreadReference } from '../../test/reference-rules.js';
import { clearWorkspace, openScratchWorkspace, relationOf, rowsOf, schema, type Row } from '../../test/relations.js';
import { spreadWeekly } from './spread-weekly.transform.js';

const RUNS = { numRuns: 25 };
jest.setTimeout(60_000);

let workspace: Workspace;
beforeAll(async () => {
  workspace = await openScratchWorkspace();
});
afterAll(() => workspace.close());

/** Rows and rejects of the transform, or the code of its error. */
async function spread({ rows, rule }: History) {
  await clearWorkspace(workspace);
  const input = await relationOf(workspace, rows.map(toRow));
  const options = spreadWeekly.options.parse(optionsOf(rule));
  try {
    const { relation, rejects } = await spreadWeekly.apply(input, options, { workspace, schema });
    const rejected = rejects
      ? await workspace.query<{ row: number; code: string; record: string }>(
          `SELECT row, code, record FROM ${rejects} ORDER BY row`,
        )
      : [];
    return { rows: await rowsOf(workspace, relation), rejected };
  } catch (error) {
    if (error instanceof WeirError && error.code === 'overlapping_weeks') return error.code;
    throw error;
  }
}

async function expectAsReference(history: History): Promise<void> {
  const wanted = spreadReference(history.rows, history.rule);
  const found = await spread(history);
  if (wanted === null || typeof found === 'string') {
    expect(found).toBe(wanted === null ? 'overlapping_weeks' : wanted);
    return;
  }
  expectSameRows(found.rows, wanted.rows);
  const rejected = found.rejected.map(({ code, record }) => {
    const { region, date } = JSON.parse(record) as { region: string; date: string };
    return `${code} ${region} ${dayNumber(date)}`;
  });
  expect(rejected.sort()).toEqual(wanted.rejected.map((key) => `negative_remainder ${key}`).sort());
}

describe('spread_weekly does what loops over arrays do', () => {
  it('with weeks of several series that turn weekly at different times', () =>
    fc.assert(fc.asyncProperty(weeklyHistories, expectAsReference), RUNS));

  it('with weeks that overlap, which it refuses', () =>
    fc.assert(fc.asyncProperty(overlappingHistories, expectAsReference), RUNS));

  it('with lumps of 5 to 35 days between ignored zeros', () =>
    fc.assert(fc.asyncProperty(lumpHistories, expectAsReference), RUNS));

  it('with lumps between zeros that are figures', () =>
    fc.assert(fc.asyncProperty(keptZeroHistories, expectAsReference), RUNS));

  it('with weeks between ignored zeros', () => fc.assert(fc.asyncProperty(weeksBetweenZeros, expectAsReference), RUNS));
});

const sumOf = (rows: readonly Row[], region: string, first: number, last: number, metric: string) =>
  rows
    .filter((row) => row.region === region && row.date! >= dayText(first) && row.date! <= dayText(last))
    .reduce((sum, row) => sum + ((row[metric] as number | null) ?? 0), 0);

it('keeps the sum of every week that is not rejected, straddling ones too', () =>
  fc.assert(
    fc.asyncProperty(weeklyHistories, async (history) => {
      const found = await spread(history);
      if (typeof found === 'string') throw new Error(found);
      const rejected = new Set(found.rejected.map(({ row }) => row - 1));
      history.rows.forEach((week, index) => {
        const cut = history.rule.cuts[week.region] ?? 'none';
        const isWeek = cut === 'all' || (typeof cut === 'number' && week.day > cut);
        if (!isWeek || rejected.has(index)) return;
        for (const metric of METRICS) {
          const figure = week[metric];
          if (figure === null) continue;
          const sum = sumOf(found.rows, week.region, week.day - 6, week.day, metric);
          expect(Math.abs(sum - figure)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(figure)));
        }
      });
    }),
    RUNS,
  ));

it('gives a series the same rows whether or not other series are there', () =>
  fc.assert(
    fc.asyncProperty(weeklyHistories, async (history) => {
      const together = await spread(history);
      const alone = await spread({ ...history, rows: history.rows.filter((row) => row.region === 'DEU') });
      if (typeof together === 'string' || typeof alone === 'string') throw new Error('refused');
      expect(together.rows.filter((row) => row.region === 'DEU')).toEqual(alone.rows);
    }),
    RUNS,
  ));

it('does not depend on the order of its input', () =>
  fc.assert(
    fc.asyncProperty(lumpHistories, async (history) => {
      const ordered = [...history.rows].sort((a, b) => a.day - b.day || (a.region < b.region ? -1 : 1));
      const [first, second] = [await spread(history), await spread({ ...history, rows: ordered })];
      if (typeof first === 'string' || typeof second === 'string') throw new Error('refused');
      expect(first.rows).toEqual(second.rows);
    }),
    RUNS,
  ));
