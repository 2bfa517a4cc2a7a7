import type { RegionFigures, RegionSummary } from '@weir/incidence';
import type { IncidenceTest } from './incidence.contract.js';
import { incidenceFigure, type DayFigure } from './incidence-under-test.js';

export function incidenceRegionContract(test: IncidenceTest): void {
  const commit = (...rows: readonly Partial<DayFigure>[]) => test.commit(test.dataset, rows.map(incidenceFigure));
  const none = { new_cases: null, new_deaths: null, new_recovered: null, new_hospitalized: null };

  it('are summed up as of the snapshot, under their latest name', async () => {
    await commit(
      { region: 'BET', region_name: 'Beta', date: '2023-05-02' },
      { region: 'ALP', region_name: 'Old Alpha', date: '2023-05-01' },
      { region: 'ALP', region_name: 'Alpha', date: '2023-05-03' },
    );
    await test.commit(test.dataset, [], [incidenceFigure({ region: 'BET', date: '2023-05-02', revision: 2 })]);
    const alpha: RegionSummary = {
      region: 'ALP',
      region_name: 'Alpha',
      first_date: '2023-05-01',
      last_date: '2023-05-03',
      count: 2,
    };
    const beta: RegionSummary = {
      region: 'BET',
      region_name: 'Beta',
      first_date: '2023-05-02',
      last_date: '2023-05-02',
      count: 1,
    };
    expect(await test.repository.regions(test.dataset, 1)).toEqual([alpha, beta]);
    expect(await test.repository.regions(test.dataset, 2)).toEqual([alpha]);
  });

  it('have latest figures, with the sums of their weeks', async () => {
    const days = [...Array(20).keys()].map((day) => `2023-05-${String(day + 1).padStart(2, '0')}`);
    await commit(
      ...days.map((date, index) => ({ date, new_cases: index < 13 ? 4 : 5, new_deaths: 0, new_recovered: 1 / 7 })),
    );
    const [found] = await test.repository.latest(test.dataset, 1);
    const expected: RegionFigures = {
      region: 'ALP',
      region_name: 'Alpha',
      latest_date: '2023-05-20',
      latest: { new_cases: 5, new_deaths: 0, new_recovered: 1 / 7, new_hospitalized: 0 },
      basis: 'reported',
      filled: [],
      totals: {
        new_cases: 13 * 4 + 7 * 5,
        new_deaths: 0,
        new_recovered: expect.closeTo(20 / 7, 12),
        new_hospitalized: 0,
      },
      seven_days: { new_cases: 35, new_deaths: 0, new_recovered: expect.closeTo(1, 12), new_hospitalized: 0 },
      seven_days_before: { new_cases: 28, new_deaths: 0, new_recovered: expect.closeTo(1, 12), new_hospitalized: 0 },
      change: { new_cases: 0.25, new_deaths: null, new_recovered: expect.closeTo(0, 12), new_hospitalized: null },
      days: 20,
      revision: 1,
    };
    expect(found).toEqual(expected);
    expect(Object.keys(found!)).toEqual(Object.keys(expected));
    expect(Object.keys(found!.change)).toEqual(Object.keys(expected.change));
  });

  it('have the latest day as it is: with its nulls, its basis, its name, and what was filled', async () => {
    await commit(
      { date: '2023-05-01', new_deaths: 7, revision: 1 },
      { date: '2023-05-02', ...none, region_name: 'New', basis: 'spread', filled: ['new_deaths', 'new_cases'] },
    );
    expect(await test.repository.latest(test.dataset, 1)).toMatchObject([
      {
        region_name: 'New',
        latest: none,
        basis: 'spread',
        filled: ['new_cases', 'new_deaths'],
        totals: { new_cases: 10, new_deaths: 7, new_recovered: null, new_hospitalized: 0 },
        seven_days_before: none,
        change: none,
      },
    ]);
  });

  it('have weeks of calendar days, whether they have rows or not', async () => {
    await commit(
      { date: '2023-05-20', new_cases: 1, new_deaths: 3 },
      { date: '2023-05-14', new_cases: 10, new_deaths: null },
      { date: '2023-05-13', new_cases: 100, new_deaths: 4 },
      { date: '2023-05-07', new_cases: 1000, new_deaths: -4 },
      { date: '2023-05-06', new_cases: 10_000, new_deaths: 8 },
    );
    expect(await test.repository.latest(test.dataset, 1)).toMatchObject([
      {
        totals: { new_cases: 11_111, new_deaths: 11 },
        seven_days: { new_cases: 11, new_deaths: 3 },
        seven_days_before: { new_cases: 1100, new_deaths: 0 },
        change: { new_cases: expect.closeTo(11 / 1100 - 1, 12), new_deaths: null },
        days: 5,
      },
    ]);
  });

  it('know no change from nothing, or from less than nothing, or to no figure', async () => {
    await commit(
      { date: '2023-05-20', new_cases: 1, new_deaths: 1, new_recovered: null, new_hospitalized: 0 },
      { date: '2023-05-10', new_cases: 0, new_deaths: -2, new_recovered: 5, new_hospitalized: 4 },
    );
    const [found] = await test.repository.latest(test.dataset, 1);
    expect(found?.change).toEqual({ new_cases: null, new_deaths: null, new_recovered: null, new_hospitalized: -1 });
  });

  it('have the latest figures of the snapshot, of those that were asked for, by code', async () => {
    await commit({ region: 'ZÜR' }, { region: 'BET' }, { region: 'ALP', date: '2023-05-09' }, { region: 'ALP' });
    await test.commit(
      test.dataset,
      [incidenceFigure({ region: 'BET', new_cases: 3, revision: 2 })],
      [incidenceFigure({ date: '2023-05-09', revision: 2 }), incidenceFigure({ region: 'ZÜR', revision: 2 })],
    );
    const seen = async (snapshot: number, regions?: readonly string[]) =>
      (await test.repository.latest(test.dataset, snapshot, regions)).map(
        (found) => `${found.region} ${found.latest_date} ${found.latest.new_cases} ${found.revision} ${found.days}`,
      );
    expect(await seen(1)).toEqual(['ALP 2023-05-09 10 1 2', 'BET 2023-05-01 10 1 1', 'ZÜR 2023-05-01 10 1 1']);
    expect(await seen(2)).toEqual(['ALP 2023-05-01 10 1 1', 'BET 2023-05-01 3 2 1']);
    expect(await seen(1, ['ZÜR', 'nowhere', "'"])).toEqual(['ZÜR 2023-05-01 10 1 1']);
    expect(await seen(2, ['ZÜR'])).toEqual([]);
  });

  it('have latest figures in the first and last years that can be stored', async () => {
    await commit({ region: 'OLD', date: '1900-01-01' }, { region: 'NEW', date: '2299-12-31' });
    expect(await test.repository.latest(test.dataset, 1)).toMatchObject([
      { region: 'NEW', latest_date: '2299-12-31', seven_days: { new_cases: 10 } },
      { region: 'OLD', latest_date: '1900-01-01', seven_days: { new_cases: 10 } },
    ]);
  });
}
