import { incidenceOrders, type IncidenceRow } from '@weir/incidence';
import type { IncidenceTest } from './incidence.contract.js';
import { everything, incidenceFigure, places } from './incidence-under-test.js';

export function incidencePageContract(test: IncidenceTest): void {
  it('give a row back as it was committed, to the last digit, its fields in order', async () => {
    const row = incidenceFigure({
      new_cases: 12.142857142857142,
      new_deaths: null,
      new_recovered: -3,
      basis: 'spread',
      filled: ['new_deaths', 'new_recovered'],
      region_name: 'Ålpha "quoted" \\ ünd \'so\'',
      revision: 7,
    });
    await test.commit(test.dataset, [row]);
    const found = await test.repository.find(everything(test.dataset, { snapshot: 7 }));
    expect(found).toEqual([row]);
    expect(JSON.stringify(found)).toBe(JSON.stringify([row]));
  });

  it('give only the metrics that were asked for, also in filled', async () => {
    await test.commit(test.dataset, [incidenceFigure({ filled: ['new_deaths', 'new_hospitalized'] })]);
    const [row] = await test.repository.find(everything(test.dataset, { metrics: ['new_cases', 'new_hospitalized'] }));
    const {
      new_deaths: _deaths,
      new_recovered: _recovered,
      ...rest
    } = incidenceFigure({ filled: ['new_hospitalized'] });
    expect(JSON.stringify(row)).toBe(JSON.stringify(rest));
  });

  it('name what was filled in the order of the metrics, however it was committed', async () => {
    await test.commit(test.dataset, [incidenceFigure({ filled: ['new_hospitalized', 'new_cases'] })]);
    const [row] = await test.repository.find(everything(test.dataset));
    expect(row?.filled).toEqual(['new_cases', 'new_hospitalized']);
  });

  it('give zero for a negative zero', async () => {
    await test.commit(test.dataset, [incidenceFigure({ new_cases: -0 })]);
    const [row] = await test.repository.find(everything(test.dataset));
    expect(row?.new_cases).toBe(0);
  });

  it('compare texts by their bytes, beyond the first plane too', async () => {
    const regions = ['\u{10400}', '\uFF21', 'z', 'Z', 'ä'];
    await test.commit(
      test.dataset,
      regions.map((region) => incidenceFigure({ region })),
    );
    const inOrder = ['Z', 'z', 'ä', '\uFF21', '\u{10400}'];
    for (const after of inOrder) {
      const query = everything(test.dataset, { order: 'region', after: { region: after, date: '2023-05-01' } });
      const found = await test.repository.find(query);
      expect(found.map(({ region }) => region)).toEqual(inOrder.slice(inOrder.indexOf(after) + 1));
    }
  });

  describe('of three regions of three days', () => {
    const regions = ['BET', 'ALP', 'ZÜR'];
    const dates = ['2023-05-02', '2023-05-01', '2023-05-03'];
    const rows = regions.flatMap((region) =>
      dates.map((date) => incidenceFigure({ region, region_name: region, date })),
    );

    beforeEach(() => test.commit(test.dataset, rows));

    it.each([
      ['date', ['ALP 2023-05-01', 'BET 2023-05-01', 'ZÜR 2023-05-01', 'ALP 2023-05-02']],
      ['-date', ['ALP 2023-05-03', 'BET 2023-05-03', 'ZÜR 2023-05-03', 'ALP 2023-05-02']],
      ['region', ['ALP 2023-05-01', 'ALP 2023-05-02', 'ALP 2023-05-03', 'BET 2023-05-01']],
      ['-region', ['ZÜR 2023-05-03', 'ZÜR 2023-05-02', 'ZÜR 2023-05-01', 'BET 2023-05-03']],
    ] as const)('are ordered by %s', async (order, expected) => {
      expect(places(await test.repository.find(everything(test.dataset, { order, limit: 4 })))).toEqual(expected);
    });

    it.each(incidenceOrders)('go on after any position without gap or repetition, ordered by %s', async (order) => {
      const whole = await test.repository.find(everything(test.dataset, { order }));
      expect(whole).toHaveLength(9);
      const paged: IncidenceRow[] = [];
      for (const _ of whole) {
        const last = paged.at(-1);
        const after = last && { region: last.region, date: last.date };
        const query = everything(test.dataset, { order, limit: 1, ...(after && { after }) });
        const page = await test.repository.find(query);
        const end = await test.repository.endOfPage(query);
        const [row] = page;
        expect(end).toEqual(paged.length < 8 ? { region: row?.region, date: row?.date } : null);
        paged.push(...page);
      }
      expect(places(paged)).toEqual(places(whole));
    });

    it('end where a further row follows, else nowhere', async () => {
      const endOf = (limit: number) => test.repository.endOfPage(everything(test.dataset, { limit }));
      expect(await endOf(4)).toEqual({ region: 'ALP', date: '2023-05-02' });
      expect(await endOf(8)).toEqual({ region: 'BET', date: '2023-05-03' });
      expect(await endOf(9)).toBeNull();
      expect(await endOf(10_000)).toBeNull();
    });

    it('go on after a position that no row has, of any year', async () => {
      const after = async (order: 'date' | '-date' | 'region' | '-region', date: string, region = 'M') => {
        const query = everything(test.dataset, { order, after: { region, date } });
        return places(await test.repository.find(query)).length;
      };
      expect(await after('date', '0001-01-01', 'ZZZ')).toBe(9);
      expect(await after('date', '1899-12-31', 'ZZZ')).toBe(9);
      expect(await after('date', '9999-12-31')).toBe(0);
      expect(await after('-date', '0001-01-01')).toBe(0);
      expect(await after('-date', '9999-12-31')).toBe(9);
      expect(await after('-date', '2023-05-03')).toBe(7);
      expect(await after('region', '0001-01-01')).toBe(3);
      expect(await after('region', '0001-01-01', 'BET')).toBe(6);
      expect(await after('-region', '9999-12-31', 'BET')).toBe(6);
      expect(await after('-region', '0001-01-01', 'BET')).toBe(3);
    });

    it('hold what was filtered by region and by days, both ends included', async () => {
      const filters = { regions: ['ZÜR', 'ALP', 'nowhere'], from: '2023-05-01', to: '2023-05-02' };
      const found = await test.repository.find(everything(test.dataset, { order: 'region', ...filters }));
      expect(places(found)).toEqual(['ALP 2023-05-01', 'ALP 2023-05-02', 'ZÜR 2023-05-01', 'ZÜR 2023-05-02']);
    });

    it('take bounds of any year', async () => {
      const found = (bounds: { from?: string; to?: string }) => test.repository.find(everything(test.dataset, bounds));
      expect(await found({ from: '0001-01-01', to: '9999-12-31' })).toHaveLength(9);
      expect(await found({ to: '0001-01-01' })).toEqual([]);
      expect(await found({ from: '9999-12-31' })).toEqual([]);
    });

    it('treat a region of hostile text as text', async () => {
      const regions = ["' OR 1=1 --", '\\', '{limit:UInt64}'];
      expect(await test.repository.find(everything(test.dataset, { regions }))).toEqual([]);
      const after = { region: "ALP' OR 1=1 --\\", date: '2023-05-03' };
      expect(places(await test.repository.find(everything(test.dataset, { after })))).toEqual([
        'BET 2023-05-03',
        'ZÜR 2023-05-03',
      ]);
    });
  });
}
