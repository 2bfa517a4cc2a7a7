import type { IncidenceRow } from '@weir/incidence';
import { differences, differentSums, shares, sums, type ExpectedRow } from './figures.js';
import { cellsOf, figure, regionCodes, rowsOfFile, textOfFile } from './real-data.js';
import { RunningWeir, type FinishedRun } from './running-weir.js';

const codeInHistory = regionCodes('name_in_weekly_history');
const codeOnPage = regionCodes('name_on_weekly_page');

const weeksOfHistory = rowsOfFile('history/russia_regions_weekly.csv').map((row): ExpectedRow => ({
  region: codeInHistory.get(row['region']!)!,
  date: row['week_end']!,
  new_cases: figure(row['confirmed']),
  new_recovered: figure(row['recovered']),
  new_deaths: figure(row['deaths']),
  new_hospitalized: figure(row['hospitalised']),
  basis: 'spread',
}));

const weeksOfPage = cellsOf(textOfFile('pages/weekly_regions_2023-10-29.html')).flatMap(([name, ...cells]) => {
  const region = codeOnPage.get(name ?? '');
  if (region === undefined) return [];
  const [new_hospitalized, new_recovered, new_cases, new_deaths] = cells.map((cell) =>
    Number(cell.replaceAll(' ', '')),
  );
  const figures = { new_cases, new_recovered, new_deaths, new_hospitalized } as Omit<ExpectedRow, 'region'>;
  return [{ ...figures, region, region_name: name!, date: '2023-10-29', basis: 'spread' as const }];
});

describe('Russia: weeks of 85 regions, then the page of the next week', () => {
  let weir: RunningWeir;
  let backfill: FinishedRun;
  let history: IncidenceRow[];
  let update: FinishedRun;
  let all: IncidenceRow[];
  beforeAll(async () => {
    weir = await RunningWeir.start();
    backfill = await weir.run('russia-weekly');
    history = await weir.rows();
    update = await weir.run('russia-weekly');
    all = await weir.rows();
  });
  afterAll(() => weir.stop());

  it('loads the history as seven equal days a week, and leaves its leading blanks blank', () => {
    const published = 7 * weeksOfHistory.length;
    expect(backfill).toMatchObject({
      branch: 'backfill',
      error: null,
      status: 'succeeded',
      exit_status: 0,
      warnings: [],
    });
    expect(backfill.counts).toEqual({ extracted: weeksOfHistory.length, rejected: 0, published });
    expect(
      differences(
        history,
        weeksOfHistory.flatMap((week) => shares(week)),
      ),
    ).toEqual([]);
    expect(differentSums(sums(history), sums(weeksOfHistory))).toEqual([]);
    expect(history.every((row) => (row.new_hospitalized === null) === row.date < '2022-01-24')).toBe(true);
  });

  it('leaves the days absent that no week covers: six, between the first row of a region and its second', () => {
    const days = history.filter((row) => row.region === 'RU-AD' && row.date <= '2020-02-10').map((row) => row.date);
    expect(days).toEqual([
      ...['2020-01-28', '2020-01-29', '2020-01-30', '2020-01-31', '2020-02-01', '2020-02-02', '2020-02-03'],
      '2020-02-10',
    ]);
  });

  it('loads the page of the next week: 85 regions, seven days, no districts and no country', () => {
    expect(weeksOfPage).toHaveLength(85);
    expect(update).toMatchObject({ branch: 'update', error: null, status: 'succeeded', exit_status: 0, warnings: [] });
    expect(update.counts).toEqual({ extracted: 85, rejected: 0, published: 85 * 7 });
    const added = all.filter((row) => row.date > '2023-10-22');
    expect(
      differences(
        added,
        weeksOfPage.flatMap((week) => shares(week)),
      ),
    ).toEqual([]);
    expect(added.every((row) => row.run_id === update.run_id && row.revision > history[0]!.revision)).toBe(true);
    expect(all.filter((row) => row.date <= '2023-10-22')).toEqual(history);
  });

  it('adds up to the figures of the country that the page shows', () => {
    const country = { new_hospitalized: 3781, new_recovered: 20754, new_cases: 25983, new_deaths: 61 };
    const week = all.filter((row) => row.date >= '2023-10-23').map((row) => ({ ...row, region: 'RU' }));
    expect(differentSums(sums(week), sums([{ region: 'RU', ...country }]))).toEqual([]);
  });

  it('finds nothing new on the same page, asked once more or forced, and nothing to change in the same history', async () => {
    const nothingNew = {
      branch: 'update',
      status: 'nothing_new',
      exit_status: 0,
      counts: { extracted: 85, published: 0 },
    };
    expect(await weir.run('russia-weekly')).toMatchObject(nothingNew);
    expect(await weir.run('russia-weekly', '--branch', 'update')).toMatchObject(nothingNew);
    const again = await weir.run('russia-weekly', '--branch', 'backfill');
    expect(again).toMatchObject({ branch: 'backfill', status: 'succeeded', counts: { published: 0 } });
    expect(await weir.rows()).toEqual(all);
  });

  it('knows the figures of the overview page already, which shows a week of the history', async () => {
    expect(await weir.run('russia-overview')).toMatchObject({ status: 'nothing_new', counts: { extracted: 85 } });
  });
});
