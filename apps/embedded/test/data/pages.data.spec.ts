import { differences, differentSums, shares, sums, type ExpectedRow } from './figures.js';
import { cellsOf, figure, groupedBy, regionCodes, rowsOfFile, textOfFile } from './real-data.js';
import { RunningWeir } from './running-weir.js';

let weir: RunningWeir;
const onNewHome = () => {
  beforeAll(async () => {
    weir = await RunningWeir.start();
  });
  afterAll(() => weir.stop());
};

describe('the overview page, whose figures are JSON in an attribute', () => {
  onNewHome();
  const week = groupedBy(rowsOfFile('history/russia_regions_weekly.csv'), 'week_end').get('2023-08-27')!;
  const codeInHistory = regionCodes('name_in_weekly_history');
  const json = /:spread-data='([^']*)'/.exec(textOfFile('pages/spread_overview_2023-08-29.html'))![1]!;
  const onPage = JSON.parse(json) as { title: string; code: string; sick_incr: number }[];

  it('gives the week that the history has for the Sunday before its date', async () => {
    const run = await weir.run('russia-overview');
    expect(run).toMatchObject({ branch: 'update', error: null, status: 'succeeded', exit_status: 0, warnings: [] });
    expect(run.counts).toEqual({ extracted: 85, rejected: 0, published: 85 * 7 });
    const expected = week.map((row): ExpectedRow => ({
      region: codeInHistory.get(row['region']!)!,
      date: '2023-08-27',
      new_cases: figure(row['confirmed']),
      new_recovered: figure(row['recovered']),
      new_deaths: figure(row['deaths']),
      new_hospitalized: figure(row['hospitalised']),
      basis: 'spread',
    }));
    const stored = await weir.rows();
    expect(
      differences(
        stored,
        expected.flatMap((row) => shares(row)),
      ),
    ).toEqual([]);

    const moscow = onPage.find(({ title }) => title === 'Москва')!;
    expect(await weir.rows({ region: 'RU-MOW', from: '2023-08-27' })).toMatchObject([
      { date: '2023-08-27', new_cases: moscow.sick_incr / 7, region_name: 'Москва' },
    ]);
    expect(await weir.run('russia-overview')).toMatchObject({ status: 'nothing_new', exit_status: 0 });
  });

  it('finds regions by their titles: four have other codes on the page, and one title ends with a space', async () => {
    const codes = regionCodes('name_on_weekly_page');
    const ownCodes = onPage.filter(({ title, code }) => codes.get(title.trim()) !== code).map(({ code }) => code);
    expect(ownCodes.sort()).toEqual(['RU-CR', 'RU-GA', 'RU-SEV', 'RU-TT']);
    const spaced = onPage.filter(({ title }) => title !== title.trim());
    expect(spaced.map(({ code }) => code)).toEqual(['RU-CHE']);

    await weir.run('russia-overview', '--branch', 'update');
    const regions = (await weir.regions()).map(({ region, region_name }) => [region_name, region]);
    expect(new Map(regions as [string, string][])).toEqual(codes);
  });
});

describe('the page of states, with a table of today and one of yesterday', () => {
  onNewHome();
  const page = textOfFile('pages/us_states_table.html');
  const digits = (text = '') => (text === '' ? null : Number(text.replace(/[+,]/g, '')));

  /** Rows of the table with an id, without its header: state, new cases, new deaths. */
  function statesOf(id: string, date: string) {
    const start = page.indexOf(`<table id="${id}"`);
    const [, ...rows] = cellsOf(page.slice(start, page.indexOf('</table>', start)));
    return rows.map(([state, , cases, , deaths]): ExpectedRow => ({
      region: state!,
      region_name: state!,
      date,
      new_cases: digits(cases),
      new_deaths: digits(deaths),
      basis: 'reported',
    }));
  }

  it('gives the states of both days under their names, blanks as blanks, without the totals, which they add up to', async () => {
    const tables = [
      ['us-states', 'usa_table_countries_today', '2020-06-15'],
      ['us-states-yesterday', 'usa_table_countries_yesterday', '2020-06-14'],
    ] as const;
    for (const [pipeline, id, date] of tables) {
      const run = await weir.run(pipeline);
      expect(run).toMatchObject({ branch: 'update', error: null, status: 'succeeded', exit_status: 0, warnings: [] });
      expect(run.counts).toEqual({ extracted: 62, rejected: 0, published: 62 });

      const rows = statesOf(id, date);
      const [above, below] = [rows[0]!, rows.at(-1)!];
      expect([above.region, below.region]).toEqual(['USA Total', 'Total:']);
      const stored = await weir.rows({ from: date, to: date });
      expect(differences(stored, rows.slice(1, -1))).toEqual([]);
      const country = stored.map((row) => ({ ...row, region: 'Total:' }));
      expect(differentSums(sums(country), sums([below]))).toEqual([]);
    }
    expect(await weir.rows()).toHaveLength(2 * 62);
    expect(await weir.rows({ region: 'California', from: '2020-06-15' })).toMatchObject([
      { date: '2020-06-15', new_cases: 2146, new_deaths: 24, new_recovered: null, basis: 'reported' },
    ]);
    expect((await weir.rows({ from: '2020-06-15' })).some((row) => row.new_cases === null)).toBe(true);
    expect(await weir.run('us-states')).toMatchObject({ status: 'nothing_new', exit_status: 0 });
  });
});
