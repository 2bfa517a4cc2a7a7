import { incidenceOrders, type IncidenceRepository, type IncidenceRow, type RegionSummary } from '@weir/incidence';

export interface IncidenceUnderTest {
  readonly repository: IncidenceRepository;
  /** Commits rows and withdrawals, which carry their revision, as one run would. */
  commit(dataset: string, rows: readonly IncidenceRow[], withdrawn?: readonly IncidenceRow[]): Promise<void> | void;
}

/** A row with plain figures; everything can be overridden. */
export function incidenceFigure(overrides: Partial<IncidenceRow> = {}): IncidenceRow {
  return {
    region: 'ALP',
    region_name: 'Alpha',
    date: '2023-05-01',
    new_cases: 10,
    new_deaths: 1,
    new_recovered: null,
    new_hospitalized: 0,
    basis: 'reported',
    filled: [],
    source: 'history.csv',
    run_id: '00000000-0000-4000-8000-000000000001',
    revision: 1,
    ...overrides,
  };
}

/** What every incidence repository does. `make` may give the same one each time: each test has its own dataset. */
export function incidenceContract(make: () => Promise<IncidenceUnderTest> | IncidenceUnderTest): void {
  let repository: IncidenceRepository;
  let commit: IncidenceUnderTest['commit'];
  let dataset: string;
  let tests = 0;

  beforeEach(async () => {
    const made = await make();
    repository = made.repository;
    commit = (...change) => made.commit(...change);
    tests += 1;
    dataset = `contract_${tests}`;
  });

  const places = (rows: readonly IncidenceRow[]) => rows.map(({ region, date }) => `${region} ${date}`);

  it('knows nothing of a dataset that has no committed run', async () => {
    expect(await repository.snapshot(dataset)).toBe(0);
    expect(await repository.find({ dataset, order: 'date', limit: 10, snapshot: 0 })).toEqual([]);
    expect(await repository.regions(dataset, 0)).toEqual([]);
  });

  it('gives a row back as it was committed, to the last digit', async () => {
    const row = incidenceFigure({
      new_cases: 12.142857142857142,
      new_deaths: null,
      new_recovered: -3,
      basis: 'spread',
      filled: ['new_deaths', 'new_recovered'],
      region_name: 'Ålpha "quoted" \\ ünd \'so\'',
      revision: 7,
    });
    await commit(dataset, [row]);
    expect(await repository.snapshot(dataset)).toBe(7);
    expect(await repository.find({ dataset, order: 'date', limit: 10, snapshot: 7 })).toEqual([row]);
  });

  it('keeps datasets apart', async () => {
    await commit(`${dataset}_other`, [incidenceFigure()]);
    expect(await repository.snapshot(dataset)).toBe(0);
    expect(await repository.find({ dataset, order: 'date', limit: 10, snapshot: 1 })).toEqual([]);
  });

  describe('with three regions of three days', () => {
    const regions = ['BET', 'ALP', 'ZÜR'];
    const dates = ['2023-05-02', '2023-05-01', '2023-05-03'];
    const rows = regions.flatMap((region) =>
      dates.map((date) => incidenceFigure({ region, region_name: region, date })),
    );

    beforeEach(() => commit(dataset, rows));

    it.each([
      ['date', ['ALP 2023-05-01', 'BET 2023-05-01', 'ZÜR 2023-05-01', 'ALP 2023-05-02']],
      ['-date', ['ALP 2023-05-03', 'BET 2023-05-03', 'ZÜR 2023-05-03', 'ALP 2023-05-02']],
      ['region', ['ALP 2023-05-01', 'ALP 2023-05-02', 'ALP 2023-05-03', 'BET 2023-05-01']],
      ['-region', ['ZÜR 2023-05-03', 'ZÜR 2023-05-02', 'ZÜR 2023-05-01', 'BET 2023-05-03']],
    ] as const)('orders by %s', async (order, expected) => {
      expect(places(await repository.find({ dataset, order, limit: 4, snapshot: 1 }))).toEqual(expected);
    });

    it.each(incidenceOrders)('goes on after any position without gap or repetition, ordered by %s', async (order) => {
      const whole = await repository.find({ dataset, order, limit: 100, snapshot: 1 });
      expect(whole).toHaveLength(9);
      const paged: IncidenceRow[] = [];
      for (const _ of whole) {
        const last = paged.at(-1);
        const after = last && { region: last.region, date: last.date };
        paged.push(...(await repository.find({ dataset, order, limit: 1, snapshot: 1, ...(after && { after }) })));
      }
      expect(places(paged)).toEqual(places(whole));
    });

    it('filters by region and by days, both ends included', async () => {
      const query = { dataset, order: 'region', limit: 100, snapshot: 1 } as const;
      const found = await repository.find({
        ...query,
        regions: ['ZÜR', 'ALP', 'nowhere'],
        from: '2023-05-01',
        to: '2023-05-02',
      });
      expect(places(found)).toEqual(['ALP 2023-05-01', 'ALP 2023-05-02', 'ZÜR 2023-05-01', 'ZÜR 2023-05-02']);
    });

    it('takes bounds of any year', async () => {
      const query = { dataset, order: 'date', limit: 100, snapshot: 1 } as const;
      expect(await repository.find({ ...query, from: '0001-01-01', to: '9999-12-31' })).toHaveLength(9);
      expect(await repository.find({ ...query, to: '0001-01-01' })).toEqual([]);
      expect(await repository.find({ ...query, from: '9999-12-31' })).toEqual([]);
    });

    it('treats a region of hostile text as text', async () => {
      const query = { dataset, order: 'date', limit: 100, snapshot: 1 } as const;
      expect(await repository.find({ ...query, regions: ["' OR 1=1 --", '\\'] })).toEqual([]);
    });
  });

  it('shows the highest revision of a row up to the snapshot, and no withdrawn row', async () => {
    const day = (date: string, revision: number, new_cases: number) => incidenceFigure({ date, revision, new_cases });
    await commit(dataset, [day('2023-05-01', 1, 10), day('2023-05-02', 1, 20)]);
    await commit(dataset, [day('2023-05-01', 2, 11)], [day('2023-05-02', 2, 20)]);
    await commit(dataset, [day('2023-05-02', 3, 22)]);
    const seen = async (snapshot: number) =>
      (await repository.find({ dataset, order: 'date', limit: 10, snapshot })).map((row) => [row.date, row.new_cases]);
    expect(await repository.snapshot(dataset)).toBe(3);
    expect(await seen(1)).toEqual([
      ['2023-05-01', 10],
      ['2023-05-02', 20],
    ]);
    expect(await seen(2)).toEqual([['2023-05-01', 11]]);
    expect(await seen(3)).toEqual([
      ['2023-05-01', 11],
      ['2023-05-02', 22],
    ]);
  });

  it('sums up each region of the snapshot under its latest name', async () => {
    await commit(dataset, [
      incidenceFigure({ region: 'BET', region_name: 'Beta', date: '2023-05-02' }),
      incidenceFigure({ region: 'ALP', region_name: 'Old Alpha', date: '2023-05-01' }),
      incidenceFigure({ region: 'ALP', region_name: 'Alpha', date: '2023-05-03' }),
    ]);
    await commit(dataset, [], [incidenceFigure({ region: 'BET', date: '2023-05-02', revision: 2 })]);
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
    expect(await repository.regions(dataset, 1)).toEqual([alpha, beta]);
    expect(await repository.regions(dataset, 2)).toEqual([alpha]);
  });
}
