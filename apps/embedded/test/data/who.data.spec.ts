import type { IncidenceRow } from '@weir/incidence';
import { differences, differentSums, shares, sums, type ExpectedRow, type Metric } from './figures.js';
import { dayAfter, figure, groupedBy, rowsOfFile } from './real-data.js';
import { RunningWeir, type FinishedRun } from './running-weir.js';

const rows = rowsOfFile('history/who_weekly_2025-06.csv');
const countries = groupedBy(rows, 'Country_code');
const columns = { new_cases: 'New_cases', new_deaths: 'New_deaths' } as const;

/** The weeks of a country; where a cell is blank, the figure of the last week that has one. */
function weeksOf(region: string): ExpectedRow[] {
  const last: { new_cases: number | null; new_deaths: number | null } = { new_cases: null, new_deaths: null };
  return countries.get(region)!.map((row) => {
    const filled: Metric[] = [];
    for (const metric of ['new_cases', 'new_deaths'] as const) {
      const reported = figure(row[columns[metric]]);
      if (reported === null && last[metric] !== null) filled.push(metric);
      last[metric] = reported ?? last[metric];
    }
    return { region, region_name: row['Country']!, date: row['Date_reported']!, ...last, basis: 'spread', filled };
  });
}

/** Rows in the order of their regions, region by region: half a million of them at once would fill the memory. */
async function* series(pages: AsyncIterable<readonly IncidenceRow[]>): AsyncGenerator<IncidenceRow[]> {
  let pending: IncidenceRow[] = [];
  for await (const page of pages) {
    for (const row of page) {
      if (pending.length > 0 && pending[0]!.region !== row.region) {
        yield pending;
        pending = [];
      }
      pending.push(row);
    }
  }
  yield pending;
}

describe('WHO: weeks of 240 countries, many of them blank', () => {
  let weir: RunningWeir;
  let run: FinishedRun;
  beforeAll(async () => {
    weir = await RunningWeir.start();
    run = await weir.run('who');
  });
  afterAll(() => weir.stop());

  it('loads every country from the first day of its first week to the end of its last', async () => {
    expect(run).toMatchObject({ branch: 'backfill', error: null, status: 'succeeded', exit_status: 0, warnings: [] });
    expect(run.counts).toEqual({ extracted: rows.length, rejected: 0, published: 7 * rows.length });
    const expected = [...countries].map(([region, weeks]) => ({
      region,
      region_name: weeks[0]!['Country'],
      first_date: dayAfter(weeks[0]!['Date_reported']!, -6),
      last_date: weeks.at(-1)!['Date_reported'],
      count: 7 * weeks.length,
    }));
    expect(await weir.regions()).toEqual(expected.sort((a, b) => (a.region < b.region ? -1 : 1)));
    expect(expected).toHaveLength(240);
  });

  it('gives every day its seventh, fills blanks inside a series and says so, and leaves those before its first figure', async () => {
    const wrong: string[] = [];
    let read = 0;
    for await (const stored of series(weir.pages({ order: 'region' }))) {
      const weeks = weeksOf(stored[0]!.region);
      const days = weeks.flatMap((week) => shares(week));
      wrong.push(...differences(stored, days), ...differentSums(sums(stored), sums(weeks)));
      read += stored.length;
    }
    expect(wrong).toEqual([]);
    expect(read).toBe(7 * rows.length);
  });

  it('shows a blank week between two figures, and one that never had any', async () => {
    expect(await weir.rows({ region: 'AF', from: '2020-03-01', to: '2020-03-09' })).toMatchObject([
      { date: '2020-03-01', new_cases: 1 / 7, new_deaths: null, filled: [] },
      ...Array.from({ length: 7 }, () => ({ new_cases: 1 / 7, new_deaths: null, filled: ['new_cases'] })),
      { date: '2020-03-09', new_cases: 6 / 7, new_deaths: null, filled: [] },
    ]);
    expect(await weir.rows({ region: 'AF', from: '2020-02-17', to: '2020-02-17' })).toMatchObject([
      { new_cases: null, new_deaths: null, filled: [] },
    ]);
  });

  it('keeps negative corrections, and takes NA for a code like any other', async () => {
    const correction = rows.find((row) => Number(row['New_cases']) < 0)!;
    const week = { region: correction['Country_code']!, to: correction['Date_reported']! };
    const stored = await weir.rows({ ...week, from: dayAfter(week.to, -6) });
    expect(stored.map((row) => row.new_cases)).toEqual(Array(7).fill(Number(correction['New_cases']) / 7));
    expect(await weir.rows({ region: 'NA', to: '2019-12-30' })).toMatchObject([{ region_name: 'Namibia' }]);
  });
});
