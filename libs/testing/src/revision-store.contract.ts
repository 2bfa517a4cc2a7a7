import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  literal,
  type Commit,
  type RecordChunk,
  type RevisionStore,
  type Selection,
  type Workspace,
} from '@weir/pipeline';
import { writeChunk, type PublishedRow } from './chunk-file.js';
import { incidenceFigure } from './incidence-under-test.js';

export interface RevisionStoreUnderTest {
  readonly store: RevisionStore;
  /** Takes a chunk into the store, as the stream's sink does. */
  readonly load: (chunk: RecordChunk) => Promise<void>;
  /** Where Parquet files are made and read; the caller's to close. */
  readonly workspace: Workspace;
}

/** A row as `exportRows` writes it. */
interface ExportedRow extends Omit<PublishedRow, 'withdrawn'> {
  readonly revision: number;
  readonly branch: string;
}

/** A row with plain figures; everything can be overridden. */
export function publishedRow(overrides: Partial<PublishedRow> = {}): PublishedRow {
  const { run_id: _run, revision: _revision, ...figures } = incidenceFigure();
  return { ...figures, withdrawn: false, ...overrides };
}

/** What every revision store does. `make` may give the same one each time: each test has its own dataset. */
export function revisionStoreContract(make: () => Promise<RevisionStoreUnderTest> | RevisionStoreUnderTest): void {
  let store: RevisionStore;
  let load: RevisionStoreUnderTest['load'];
  let workspace: Workspace;
  let dataset: string;

  beforeEach(async () => {
    ({ store, load, workspace } = await make());
    dataset = `revisions_${randomUUID()}`;
  });

  const commitOf = (revision: number, more: Partial<Commit> = {}): Commit => ({
    dataset,
    revision,
    run_id: `run-${revision}`,
    pipeline: 'covid',
    branch: 'backfill',
    plan_hash: 'a plan',
    sources_hash: 'its sources',
    rows: 1,
    ...more,
  });
  const chunkOf = (revision: number, rows: readonly PublishedRow[]) =>
    writeChunk(workspace, rows, { dataset, run_id: `run-${revision}`, revision });
  const publish = async (revision: number, ...rows: readonly PublishedRow[]) => load(await chunkOf(revision, rows));
  const run = async (revision: number, rows: readonly PublishedRow[], more: Partial<Commit> = {}) => {
    await publish(revision, ...rows);
    await store.commit(commitOf(revision, { rows: rows.length, ...more }));
  };
  const exported = async (selection: Omit<Selection, 'dataset'> = {}): Promise<ExportedRow[]> => {
    const file = join(workspace.directory, `${workspace.fresh('exported')}.parquet`);
    await store.exportRows({ dataset, ...selection }, file);
    return workspace.query<ExportedRow>(`SELECT * FROM read_parquet(${literal(file)}) ORDER BY region, date`);
  };
  const places = (rows: readonly ExportedRow[]) => rows.map(({ region, date }) => `${region} ${date}`);

  it('shows the rows of a revision from its commit on, not before', async () => {
    await publish(1, publishedRow());
    expect(await exported()).toEqual([]);
    await store.commit(commitOf(1));
    expect(places(await exported())).toEqual(['ALP 2023-05-01']);
  });

  it('gives a row back as it was published, to the last digit', async () => {
    const row = publishedRow({
      region_name: 'Ålpha "quoted" \\ ünd \'so\'',
      new_cases: 12.142857142857142,
      new_deaths: null,
      new_recovered: -3,
      basis: 'spread',
      filled: ['new_deaths', 'new_recovered'],
    });
    await run(7, [row], { branch: 'update' });
    const { withdrawn, ...figures } = row;
    expect(withdrawn).toBe(false);
    expect(await exported()).toEqual([{ ...figures, revision: 7, branch: 'update' }]);
  });

  it('exports the columns that others read, with their types, of an empty dataset too', async () => {
    const file = join(workspace.directory, `${workspace.fresh('exported')}.parquet`);
    await store.exportRows({ dataset }, file);
    const columns = await workspace.query<{ column_name: string; column_type: string }>(
      `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet(${literal(file)}))`,
    );
    const types = Object.fromEntries(columns.map(({ column_name, column_type }) => [column_name, column_type]));
    const text = ['region', 'region_name', 'basis', 'source', 'branch'];
    const figures = ['new_cases', 'new_deaths', 'new_recovered', 'new_hospitalized'];
    expect(Object.keys(types).sort()).toEqual([...text, ...figures, 'date', 'filled', 'revision'].sort());
    for (const name of text) expect([name, types[name]]).toEqual([name, 'VARCHAR']);
    for (const name of figures) expect([name, types[name]]).toEqual([name, 'DOUBLE']);
    expect(types).toMatchObject({ date: 'DATE', filled: 'VARCHAR[]', revision: expect.stringMatching(/^U?BIGINT$/) });
  });

  it('shows of each row the highest committed revision, whatever arrives uncommitted above it', async () => {
    const may = (day: string, new_cases: number) => publishedRow({ date: `2023-05-${day}`, new_cases });
    await run(1, [may('01', 10), may('02', 20)]);
    await run(2, [may('01', 11)]);
    await publish(3, may('01', 99), may('02', 99), may('03', 99));
    expect((await exported()).map(({ date, new_cases, revision }) => [date, new_cases, revision])).toEqual([
      ['2023-05-01', 11, 2],
      ['2023-05-02', 20, 1],
    ]);
  });

  it('names the branch of the run that published each row', async () => {
    await run(1, [publishedRow({ date: '2023-05-01' }), publishedRow({ date: '2023-05-02' })]);
    await run(2, [publishedRow({ date: '2023-05-02', new_cases: 11 })], { branch: 'update' });
    expect((await exported()).map(({ date, branch }) => [date, branch])).toEqual([
      ['2023-05-01', 'backfill'],
      ['2023-05-02', 'update'],
    ]);
  });

  it('hides a withdrawn row until a later revision brings it back', async () => {
    const row = publishedRow();
    const gone = publishedRow({ new_cases: null, new_deaths: null, new_hospitalized: null, withdrawn: true });
    await run(1, [row, publishedRow({ region: 'BET' })]);
    await run(2, [gone]);
    expect(places(await exported())).toEqual(['BET 2023-05-01']);
    await run(3, [publishedRow({ new_cases: 12 })]);
    expect((await exported()).map(({ region, new_cases }) => [region, new_cases])).toEqual([
      ['ALP', 12],
      ['BET', 10],
    ]);
  });

  it('keeps datasets apart', async () => {
    await run(1, [publishedRow()]);
    dataset = `${dataset}_other`;
    expect(await exported()).toEqual([]);
    expect(await store.commits(dataset)).toEqual([]);
    expect(await store.countArrived(dataset, 1)).toBe(0);
  });

  describe('arrivals', () => {
    it('counts the rows of a revision, committed or not, and of no other', async () => {
      expect(await store.countArrived(dataset, 1)).toBe(0);
      await publish(1, publishedRow(), publishedRow({ region: 'BET' }), publishedRow({ date: '2023-05-02' }));
      await publish(2, publishedRow());
      expect(await store.countArrived(dataset, 1)).toBe(3);
      await store.commit(commitOf(1));
      expect(await store.countArrived(dataset, 1)).toBe(3);
      expect(await store.countArrived(dataset, 2)).toBe(1);
    });

    it('counts a row that was published twice once, and shows it once', async () => {
      const rows = [publishedRow(), publishedRow({ region: 'BET' })];
      await publish(1, ...rows);
      await publish(1, ...rows);
      expect(await store.countArrived(dataset, 1)).toBe(2);
      await store.commit(commitOf(1));
      expect(places(await exported())).toEqual(['ALP 2023-05-01', 'BET 2023-05-01']);
    });

    it('counts withdrawals like any row', async () => {
      await publish(1, publishedRow({ withdrawn: true }));
      expect(await store.countArrived(dataset, 1)).toBe(1);
    });

    it('tells which of named rows are there, of that revision alone', async () => {
      const odd = "ÅLP 'quoted' \\ ,()";
      await publish(1, publishedRow(), publishedRow({ region: odd, date: '2023-05-02' }));
      await publish(2, publishedRow({ date: '2023-05-03' }));
      const asked = [
        { region: 'ALP', date: '2023-05-01' },
        { region: odd, date: '2023-05-02' },
        // Of each region and day there is a row, but not of them together.
        { region: 'ALP', date: '2023-05-02' },
        { region: 'ALP', date: '2023-05-03' },
        { region: 'nobody', date: '2023-05-01' },
      ];
      const there = await store.arrived(dataset, 1, asked);
      expect([...there].sort((a, b) => a.date.localeCompare(b.date))).toEqual(asked.slice(0, 2));
      await store.commit(commitOf(1));
      expect(await store.arrived(dataset, 1, asked.slice(0, 1))).toEqual(asked.slice(0, 1));
      expect(await store.arrived(dataset, 1, [])).toEqual([]);
      expect(await store.arrived(dataset, 1, asked.slice(2))).toEqual([]);
    });

    it('takes of a file the range that the chunk names, and no more', async () => {
      const rows = ['01', '02', '03', '04'].map((day) => publishedRow({ date: `2023-05-${day}` }));
      const chunk = await chunkOf(1, rows);
      await load({ ...chunk, from: 1, to: 3 });
      await store.commit(commitOf(1));
      expect(places(await exported())).toEqual(['ALP 2023-05-02', 'ALP 2023-05-03']);
    });
  });

  describe('commits', () => {
    it('gives them back whole, oldest first', async () => {
      const first = commitOf(3, { run_id: randomUUID(), rows: 2_000_000, plan_hash: 'other' });
      const second = commitOf(11, { run_id: randomUUID(), branch: 'update' });
      await store.commit(first);
      await store.commit(second);
      expect(await store.commits(dataset)).toEqual([first, second]);
    });

    it('changes nothing when a run commits again', async () => {
      const first = commitOf(1);
      await run(1, [publishedRow()]);
      await run(2, [publishedRow({ new_cases: 11 })]);
      await store.commit(first);
      expect((await store.commits(dataset)).map(({ revision }) => revision)).toEqual([1, 2]);
      expect((await exported()).map(({ new_cases }) => new_cases)).toEqual([11]);
    });

    it.each([
      ['below one', 4],
      ['equal to one', 5],
    ])('refuses a revision %s that another run has committed, and shows none of its rows', async (_, revision) => {
      await run(5, [publishedRow()]);
      await publish(revision, publishedRow({ region: 'BET', date: '2023-05-02' }));
      const late = commitOf(revision, { run_id: 'a late run' });
      await expect(store.commit(late)).rejects.toMatchObject({ code: 'revision_superseded', retryable: false });
      expect((await store.commits(dataset)).map(({ run_id }) => run_id)).toEqual(['run-5']);
      if (revision < 5) expect(places(await exported())).toEqual(['ALP 2023-05-01']);
    });
  });

  describe('windows', () => {
    const day = (region: string, date: string, more: Partial<PublishedRow> = {}) =>
      publishedRow({ region, date, ...more });
    const window = { from: '2023-05-10', to: '2023-05-12' };

    it('holds the days from the first to the last, both included', async () => {
      const days = ['09', '10', '11', '12', '13'].map((number) => day('ALP', `2023-05-${number}`));
      await run(1, days);
      expect(places(await exported({ window }))).toEqual(['ALP 2023-05-10', 'ALP 2023-05-11', 'ALP 2023-05-12']);
      expect(await exported()).toHaveLength(5);
    });

    it('adds each series’ last row before it, however long ago, and none of its own', async () => {
      await run(1, [
        day('ALP', '2023-05-08'),
        day('ALP', '2023-05-09'),
        day('ALP', '2023-05-10'),
        day('BET', '1999-01-01'),
        day('GAM', '2023-05-11'),
        day('DEL', '2023-05-13'),
      ]);
      expect(places(await exported({ window, withLastBefore: true }))).toEqual([
        'ALP 2023-05-09',
        'ALP 2023-05-10',
        'BET 1999-01-01',
        'GAM 2023-05-11',
      ]);
    });

    it('adds the last row that has each metric where the last one lacks it', async () => {
      await run(1, [
        day('ALP', '2023-05-01', { new_deaths: 4, new_hospitalized: 2 }),
        day('ALP', '2023-05-02', { new_deaths: 5, new_hospitalized: null }),
        day('ALP', '2023-05-03', { new_deaths: null, new_hospitalized: null }),
        day('ALP', '2023-05-04', { new_cases: 7, new_deaths: null, new_hospitalized: null }),
        day('ALP', '2023-05-05', { new_cases: null, new_deaths: null, new_hospitalized: null }),
      ]);
      // 1: hospitalized; 2: deaths; 4: cases; 5: the last row. Nothing has new_recovered, and 3 has nothing of use.
      expect(places(await exported({ window, withLastBefore: true }))).toEqual([
        'ALP 2023-05-01',
        'ALP 2023-05-02',
        'ALP 2023-05-04',
        'ALP 2023-05-05',
      ]);
    });

    it('takes as last what readers see: neither withdrawn nor uncommitted rows', async () => {
      await run(1, [
        day('ALP', '2023-05-07', { new_cases: 7 }),
        day('ALP', '2023-05-08', { new_cases: 8 }),
        day('ALP', '2023-05-09', { new_cases: 9 }),
      ]);
      await run(2, [day('ALP', '2023-05-09', { withdrawn: true }), day('ALP', '2023-05-08', { new_cases: 88 })]);
      await publish(3, day('ALP', '2023-05-09', { new_cases: 99 }));
      const rows = await exported({ window, withLastBefore: true });
      expect(rows.map(({ date, new_cases }) => [date, new_cases])).toEqual([['2023-05-08', 88]]);
    });

    it('adds a last row of the first day that a store can hold', async () => {
      await run(1, [day('ALP', '1900-01-01')]);
      expect(places(await exported({ window, withLastBefore: true }))).toEqual(['ALP 1900-01-01']);
    });
  });
}
