import { exportFormats, incidenceOrders, intervals, type ExportFormat, type IncidenceQuery } from '@weir/incidence';
import type { IncidenceTest } from './incidence.contract.js';
import { everything, incidenceFigure, rowsOf, textOf } from './incidence-under-test.js';

export function incidenceExportContract(test: IncidenceTest): void {
  const exported = (format: ExportFormat, overrides: Partial<IncidenceQuery & { limit: number }> = {}) => {
    const { limit: _limit, ...query } = everything(test.dataset);
    return test.repository.export({ ...query, ...overrides }, format);
  };
  const header =
    'region,region_name,date,new_cases,new_deaths,new_recovered,new_hospitalized,basis,filled,source,run_id,revision';

  it('of nothing is empty, but for the header of a CSV', async () => {
    expect(await textOf(exported('ndjson'))).toBe('');
    expect(await textOf(exported('csv'))).toBe(`${header}\n`);
    expect(await textOf(exported('csv', { interval: 'week' }))).toBe(`${header},days\n`);
    expect(await textOf(exported('csv', { metrics: ['new_deaths'], from: '9000-01-01' }))).toBe(
      'region,region_name,date,new_deaths,basis,filled,source,run_id,revision\n',
    );
  });

  it('writes CSV with quotes where a text needs them', async () => {
    const rows = [
      incidenceFigure({ new_cases: 12.142857142857142, filled: ['new_cases', 'new_deaths'], basis: 'spread' }),
      incidenceFigure({
        region: 'B,E',
        region_name: 'a "b" c',
        new_cases: -0,
        new_hospitalized: null,
        source: 'a\r\nb',
      }),
      incidenceFigure({
        region: 'C',
        region_name: "Zürich / 'x' \\ \t|é",
        new_cases: -1.5e-7,
        source: '',
        revision: 9,
      }),
      incidenceFigure({ region: 'D', region_name: '\\N', new_cases: 1e20, source: 'line\nend' }),
    ];
    await test.commit(test.dataset, rows);
    const run = '00000000-0000-4000-8000-000000000001';
    expect(await textOf(exported('csv'))).toBe(
      [
        header,
        `ALP,Alpha,2023-05-01,12.142857142857142,1,,0,spread,new_cases|new_deaths,history.csv,${run},1`,
        `"B,E","a ""b"" c",2023-05-01,0,1,,,reported,,"a\r\nb",${run},1`,
        `C,Zürich / 'x' \\ \t|é,2023-05-01,-1.5e-7,1,,0,reported,,,${run},9`,
        `D,\\N,2023-05-01,100000000000000000000,1,,0,reported,,"line\nend",${run},1`,
        '',
      ].join('\n'),
    );
    expect(await textOf(exported('csv', { interval: 'month', metrics: ['new_cases'], regions: ['B,E'] }))).toBe(
      'region,region_name,date,new_cases,basis,filled,source,run_id,revision,days\n"B,E","a ""b"" c",2023-05-01,0,reported,,,,1,1\n',
    );
  });

  it('writes NDJSON as a page would be written, line by line', async () => {
    const name = 'Zürich / "x" \\ \t\n\u{1F600}';
    await test.commit(test.dataset, [
      incidenceFigure({ region_name: name, new_cases: 1 / 7, filled: ['new_cases'], revision: 2 ** 53 - 1 }),
      incidenceFigure({ date: '2023-05-02', new_cases: 0.000001, new_deaths: -0, new_hospitalized: 1e20 }),
    ]);
    for (const interval of intervals) {
      const rows = await test.repository.find(everything(test.dataset, { interval, snapshot: 2 ** 53 - 1 }));
      expect(await textOf(exported('ndjson', { interval, snapshot: 2 ** 53 - 1 }))).toBe(
        rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
      );
    }
  });

  it('keeps a row on one line, whatever its texts hold', async () => {
    const names = ['a\u2028b\u2029c', 'a\r\nb', '\u0001\u007f\u0085', '\uFEFFa', '<b>&amp;'];
    await test.commit(
      test.dataset,
      names.map((region_name, index) => incidenceFigure({ region: `R${index}`, region_name })),
    );
    const text = await textOf(exported('ndjson'));
    expect(text.split('\n')).toHaveLength(names.length + 1);
    expect(rowsOf(text).map(({ region_name }) => region_name)).toEqual(names);
  });

  describe('of three regions, one of whom has many days and one day many regions', () => {
    const day = (number: number) => new Date(Date.UTC(2022, 11, 20 + number)).toISOString().slice(0, 10);
    const rows = [
      ...[...Array(40).keys()].map((number) =>
        incidenceFigure({ region: 'MMM', date: day(number), new_cases: number / 7 }),
      ),
      ...[...Array(40).keys()].map((number) =>
        incidenceFigure({ region: `N${number}`, date: day(9), new_deaths: number }),
      ),
      ...[0, 9, 30].map((number) => incidenceFigure({ region: 'AAA', date: day(number), basis: 'spread' })),
    ];
    beforeEach(async () => {
      await test.commit(test.dataset, rows);
      await test.commit(
        test.dataset,
        [incidenceFigure({ region: 'MMM', date: day(3), revision: 2 })],
        [incidenceFigure({ region: 'MMM', date: day(4), revision: 2 })],
      );
    });

    describe.each(incidenceOrders)('ordered by %s', (order) => {
      it.each(intervals)('holds the rows of all pages, by %s', async (interval) => {
        const whole = await test.repository.find(everything(test.dataset, { order, interval }));
        expect(rowsOf(await textOf(exported('ndjson', { order, interval })))).toEqual(whole);
        const lines = (await textOf(exported('csv', { order, interval }))).split('\n').slice(1, -1);
        const places = lines.map((line) => line.split(','));
        expect(places.map(([region, , date]) => ({ region, date }))).toEqual(
          whole.map(({ region, date }) => ({ region, date })),
        );
      });

      it('ends after a number of rows, whatever it is', async () => {
        const whole = await test.repository.find(everything(test.dataset, { order }));
        for (const limit of [1, 2, 40, whole.length - 1, whole.length, 10_000]) {
          expect(rowsOf(await textOf(exported('ndjson', { order, limit })))).toEqual(whole.slice(0, limit));
        }
      });

      it('goes on after a position, within bounds', async () => {
        const bounds = { order, from: day(2), to: day(29) } as const;
        const whole = await test.repository.find(everything(test.dataset, bounds));
        const { region, date } = whole[29]!;
        const after = { region, date };
        expect(rowsOf(await textOf(exported('ndjson', { ...bounds, after })))).toEqual(whole.slice(30));
        expect(rowsOf(await textOf(exported('ndjson', { ...bounds, after, limit: 11 })))).toEqual(whole.slice(30, 41));
      });
    });

    it('is of the regions and the basis that were asked for', async () => {
      for (const filters of [
        { regions: ['AAA', 'N7', 'none'] },
        { basis: 'spread' },
        { metrics: ['new_deaths'] },
      ] as const) {
        const whole = await test.repository.find(everything(test.dataset, filters));
        expect(rowsOf(await textOf(exported('ndjson', filters)))).toEqual(whole);
      }
    });

    it.each(exportFormats)('can be left before its end: %s', async (format) => {
      for await (const chunk of exported(format)) {
        expect(chunk.length).toBeGreaterThan(0);
        break;
      }
      expect(await test.repository.snapshot(test.dataset)).toBe(2);
    });
  });
}
