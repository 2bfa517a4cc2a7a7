import type { IncidenceRow } from '@weir/incidence';
import { differences, differentSums, sums, type ExpectedRow } from './figures.js';
import { groupedBy, regionCodes, rowsOfFile, type Cells } from './real-data.js';
import { RunningWeir } from './running-weir.js';

const rows = rowsOfFile('history/russia_regions_daily_cumulative.csv');
const regionRows = rows.filter((row) => row['region_id'] !== '99');
const codes = regionCodes('name_on_weekly_page').set('Республика Чувашия', 'RU-CU');
const columns = { new_cases: 'sick', new_recovered: 'healed', new_deaths: 'died' } as const;

/** A value for each metric. */
const ofEach = (value: (column: string) => number | null) =>
  Object.fromEntries(Object.entries(columns).map(([metric, column]) => [metric, value(column)]));

const series = [...groupedBy(regionRows, 'region')].map(([name, days]) => ({ region: codes.get(name)!, days }));

describe('Russia: running totals of 2020', () => {
  let weir: RunningWeir;
  let stored: IncidenceRow[];
  beforeAll(async () => {
    weir = await RunningWeir.start();
    const run = await weir.run('russia-daily');
    expect(run).toMatchObject({ branch: 'backfill', error: null, status: 'succeeded', exit_status: 0, warnings: [] });
    stored = await weir.rows();
    expect(run.counts).toEqual({ extracted: regionRows.length, rejected: 0, published: regionRows.length });
  });
  afterAll(() => weir.stop());

  it('has a country that is the sum of its regions on every day, which the run checks and does not store', () => {
    for (const [day, all] of groupedBy(rows, 'date')) {
      const country = all.find((row) => row['region_id'] === '99')!;
      const parts = all.filter((row) => row !== country);
      const added = ofEach((column) => parts.reduce((sum, row) => sum + Number(row[column]), 0));
      expect([day, added]).toEqual([day, ofEach((column) => Number(country[column]))]);
    }
    expect(new Set(stored.map((row) => row.region))).toEqual(new Set(codes.values()));
  });

  it('gives each day the difference to the day before, and none to the first', () => {
    const expected = series.flatMap(({ region, days }) =>
      days.map((day, at): ExpectedRow => {
        const before: Cells | undefined = days[at - 1];
        const difference = (column: string) => (before ? Number(day[column]) - Number(before[column]) : null);
        return { region, date: day['date']!, ...ofEach(difference), basis: 'reported' };
      }),
    );
    expect(differences(stored, expected)).toEqual([]);
    expect(stored.filter((row) => row.new_cases === null)).toHaveLength(85);
  });

  it('adds up to what each running total grew by', () => {
    const growth = series.map(({ region, days }) => ({
      region,
      ...ofEach((column) => Number(days.at(-1)![column]) - Number(days[0]![column])),
    }));
    expect(differentSums(sums(stored), sums(growth))).toEqual([]);
  });

  it('keeps the eight downward corrections as negative figures', () => {
    const negative = (metric: 'new_cases' | 'new_recovered' | 'new_deaths') =>
      stored.filter((row) => (row[metric] ?? 0) < 0).length;
    expect([negative('new_cases'), negative('new_recovered'), negative('new_deaths')]).toEqual([2, 0, 6]);
  });

  it('shows Moscow from its first day on', async () => {
    expect(await weir.rows({ region: 'Москва', from: '2020-03-01', to: '2020-03-22' })).toMatchObject([
      { region: 'RU-MOW', date: '2020-03-21', new_cases: null, new_recovered: null, new_deaths: null },
      { region: 'RU-MOW', date: '2020-03-22', new_cases: 71, new_recovered: 1, new_deaths: 0, new_hospitalized: null },
    ]);
  });
});
