import { incidenceOrders, type IncidencePageQuery, type IncidenceRow } from '@weir/incidence';
import type { IncidenceTest } from './incidence.contract.js';
import { everything, incidenceFigure, places, type DayFigure } from './incidence-under-test.js';

export function incidenceIntervalContract(test: IncidenceTest): void {
  const find = (overrides: Partial<IncidencePageQuery>) => test.repository.find(everything(test.dataset, overrides));
  const commit = (...rows: readonly Partial<DayFigure>[]) => test.commit(test.dataset, rows.map(incidenceFigure));

  it('sum up their days, with all that can be said of them together', async () => {
    await commit(
      {
        date: '2023-05-16',
        region_name: 'Beta',
        new_cases: 2.5,
        new_deaths: null,
        filled: ['new_hospitalized'],
        revision: 3,
      },
      { date: '2023-05-15', new_cases: -1, new_deaths: null, filled: ['new_cases'], basis: 'spread', revision: 5 },
      { date: '2023-05-21', region_name: 'Gamma', new_cases: null, new_deaths: null, source: 'page', revision: 4 },
      { date: '2023-05-22', new_cases: 1000 },
    );
    const week = {
      region: 'ALP',
      region_name: 'Gamma',
      date: '2023-05-15',
      new_cases: 1.5,
      new_deaths: null,
      new_recovered: null,
      new_hospitalized: 0,
      basis: 'mixed',
      filled: ['new_cases', 'new_hospitalized'],
      source: null,
      run_id: null,
      revision: 5,
      days: 3,
    };
    const [first] = await find({ interval: 'week' });
    expect(JSON.stringify(first)).toBe(JSON.stringify(week));
    const [restricted] = await find({ interval: 'week', metrics: ['new_deaths', 'new_hospitalized'] });
    const { new_cases: _cases, new_recovered: _recovered, ...rest } = { ...week, filled: ['new_hospitalized'] };
    expect(JSON.stringify(restricted)).toBe(JSON.stringify(rest));
  });

  it('keep a basis that all days share', async () => {
    await commit({ basis: 'spread' }, { date: '2023-05-02', basis: 'spread' }, { region: 'BET' });
    expect((await find({ interval: 'month' })).map(({ basis }) => basis)).toEqual(['spread', 'reported']);
  });

  it('sum up the days with a basis only, and none that had it earlier', async () => {
    await test.commit(test.dataset, [incidenceFigure(), incidenceFigure({ date: '2023-05-02', new_cases: 4 })]);
    await test.commit(test.dataset, [incidenceFigure({ basis: 'spread', new_cases: 7, revision: 2 })]);
    const week = (basis: 'reported' | 'spread') => find({ interval: 'week', basis });
    expect(await week('reported')).toMatchObject([{ new_cases: 4, basis: 'reported', days: 1, revision: 1 }]);
    expect(await week('spread')).toMatchObject([{ new_cases: 7, basis: 'spread', days: 1, revision: 2 }]);
  });

  it('leave out withdrawn days, and an interval all of whose days are', async () => {
    const [first, second, later] = ['2023-05-01', '2023-05-02', '2023-05-08'].map((date) => incidenceFigure({ date }));
    await test.commit(test.dataset, [first!, second!, later!]);
    await test.commit(
      test.dataset,
      [],
      [first!, later!].map((row) => ({ ...row, revision: 2 })),
    );
    expect(await find({ interval: 'week' })).toMatchObject([
      { date: '2023-05-01', new_cases: 10, days: 1, revision: 1 },
    ]);
    expect(await find({ interval: 'week', snapshot: 1 })).toMatchObject([{ days: 2 }, { date: '2023-05-08', days: 1 }]);
  });

  it.each([
    ['week', ['2020-12-27', '2020-12-28', '2021-01-03', '2021-01-04'], ['2020-12-21', '2020-12-28', '2021-01-04']],
    ['week', ['1969-12-28', '1969-12-29', '1970-01-01'], ['1969-12-22', '1969-12-29']],
    [
      'week',
      ['1900-01-01', '1901-01-01', '2149-06-07', '2298-12-31', '2299-12-31'],
      ['1900-01-01', '1900-12-31', '2149-06-02', '2298-12-26', '2299-12-25'],
    ],
    ['month', ['2022-12-31', '2023-01-01', '2023-01-31', '2024-01-01'], ['2022-12-01', '2023-01-01', '2024-01-01']],
    [
      'month',
      ['1900-01-31', '1901-01-01', '1969-12-31', '2149-06-07', '2298-12-31', '2299-12-31'],
      ['1900-01-01', '1901-01-01', '1969-12-01', '2149-06-01', '2298-12-01', '2299-12-01'],
    ],
  ] as const)('begin each %s where the calendar does: %j', async (interval, dates, expected) => {
    await commit(...dates.map((date) => ({ date })));
    const found = await find({ interval });
    expect(found.map(({ date }) => date)).toEqual(expected);
    expect(found.reduce((days, row) => days + (row.days ?? 0), 0)).toBe(dates.length);
  });

  it('are clipped to the days that were asked for, and keep their first day', async () => {
    await commit(...['01', '02', '03', '04', '05', '08', '09'].map((day) => ({ date: `2023-05-${day}` })));
    expect(await find({ interval: 'week', from: '2023-05-03', to: '2023-05-08' })).toMatchObject([
      { date: '2023-05-01', days: 3, new_cases: 30 },
      { date: '2023-05-08', days: 1, new_cases: 10 },
    ]);
    expect(await find({ interval: 'month', from: '2023-05-09' })).toMatchObject([{ date: '2023-05-01', days: 1 }]);
    expect(await find({ interval: 'month', from: '2023-05-10' })).toEqual([]);
  });

  it('add up to what was published, seven sevenths and hundreds of thirds', async () => {
    const published = [100_003, 9_007_199, 1, 1234.5, 0.1].map((sum, index) => ({ sum, region: `R${index}` }));
    const days = [...Array(7).keys()].map((day) => `2023-05-${15 + day}`);
    await commit(...published.flatMap(({ sum, region }) => days.map((date) => ({ region, date, new_cases: sum / 7 }))));
    const found = await find({ interval: 'week' });
    const off = found.map((row, index) => Math.abs(row.new_cases! - published[index]!.sum) / published[index]!.sum);
    expect(Math.max(...off)).toBeLessThan(1e-15);
  });

  it('lose nothing of a small figure beside a great one', async () => {
    const days = [...Array(28).keys()].map((day) => `2023-02-${String(day + 1).padStart(2, '0')}`);
    await commit(...days.map((date, index) => ({ date, new_cases: index === 0 ? 2 ** 53 : 1 })));
    expect(await find({ interval: 'month' })).toMatchObject([{ new_cases: 2 ** 53 + 28 }]);
  });

  describe.each(['week', 'month'] as const)('of interval %s', (interval) => {
    const dates = ['2022-12-31', '2023-01-01', '2023-01-02', '2023-01-31', '2023-02-01', '2023-03-31'];

    beforeEach(() => commit(...['ZÜR', 'ALP'].flatMap((region) => dates.map((date) => ({ region, date })))));

    it.each(incidenceOrders)('are paged without gap or repetition, ordered by %s', async (order) => {
      const whole = await find({ interval, order });
      const paged: IncidenceRow[] = [];
      for (let more = true; more;) {
        const last = paged.at(-1);
        const after = last && { region: last.region, date: last.date };
        const page = { interval, order, limit: 2, ...(after && { after }) };
        paged.push(...(await find(page)));
        const end = await test.repository.endOfPage(everything(test.dataset, page));
        if (end) expect(end).toEqual({ region: paged.at(-1)?.region, date: paged.at(-1)?.date });
        more = end !== null;
      }
      expect(paged).toEqual(whole);
      expect(new Set(places(whole)).size).toBe(whole.length);
      expect(whole.reduce((days, row) => days + (row.days ?? 0), 0)).toBe(12);
    });

    it.each(incidenceOrders)('go on after a position that is no first day, ordered by %s', async (order) => {
      const whole = await find({ interval, order });
      const after = { region: 'ALP', date: '2023-01-25' };
      const isBackwards = order.startsWith('-');
      const isAfter = ({ region, date }: IncidenceRow) => {
        const isLater = isBackwards ? date < after.date : date > after.date;
        if (order.endsWith('date')) return isLater;
        return region === after.region ? isLater : !isBackwards;
      };
      expect(await find({ interval, order, after })).toEqual(whole.filter(isAfter));
    });
  });
}
