import { openScratchWorkspace, schema } from '../../test/raw-rows.js';
import { storedRows, transformedRows, type TestRow } from '../../test/published-rows.js';
import type { Branch } from '../definition/plan.js';
import type { Workspace } from '../ports/workspace.js';
import { compareRecords, countChanges } from './compare-records.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await openScratchWorkspace();
});
afterAll(() => workspace.close());

interface Change extends TestRow {
  readonly ordinal: number;
  readonly withdrawn: boolean;
}

async function compare(rows: readonly TestRow[], stored: readonly TestRow[], branch: Branch = 'backfill') {
  const relation = await compareRecords(
    await transformedRows(workspace, rows),
    await storedRows(workspace, stored),
    branch,
    schema,
    workspace,
  );
  const changes = await workspace.query<Change>(`SELECT * FROM ${relation}`);
  const { changed, withdrawn } = await countChanges(relation, workspace);
  expect(changes.filter((change) => change.withdrawn)).toHaveLength(withdrawn);
  expect(changes.filter((change) => !change.withdrawn)).toHaveLength(changed);
  expect(changes.map(({ ordinal }) => ordinal)).toEqual(changes.map((_, index) => index));
  return changes;
}
const places = (changes: readonly Change[]) =>
  changes.map(({ region, date, withdrawn }) => `${withdrawn ? 'withdraws' : 'sets'} ${region} ${date}`);

it('publishes everything where nothing is stored, in the order of series and day', async () => {
  const changes = await compare(
    [
      { region: 'DEU', date: '2023-05-01' },
      { region: 'DEU', date: '2023-05-02', cases: 12.5, deaths: null, filled: ['cases'], basis: 'spread' },
      { region: 'FRA', date: '2023-05-01' },
    ],
    [],
  );
  expect(places(changes)).toEqual(['sets DEU 2023-05-01', 'sets DEU 2023-05-02', 'sets FRA 2023-05-01']);
  expect(changes[1]).toEqual({
    ordinal: 1,
    region: 'DEU',
    region_name: 'Germany',
    date: '2023-05-02',
    cases: 12.5,
    deaths: null,
    basis: 'spread',
    filled: ['cases'],
    source: 'history.csv',
    withdrawn: false,
  });
});

it('publishes nothing where everything is stored as it is', async () => {
  const rows: TestRow[] = [{ filled: ['cases', 'deaths'] }, { region: 'FRA', cases: null, deaths: null }];
  expect(await compare(rows, rows)).toEqual([]);
  expect(await compare(rows, rows, 'update')).toEqual([]);
});

it.each<[string, TestRow, TestRow]>([
  ['a figure', { cases: 11 }, { cases: 10 }],
  ['a figure that is new', { deaths: 0 }, { deaths: null }],
  ['a figure that is gone', { deaths: null }, { deaths: 0 }],
  ['the sign of a figure', { cases: -10 }, { cases: 10 }],
  ['a figure from zero', { cases: 1e-9 }, { cases: 0 }],
  ['the label', { region_name: 'Deutschland' }, { region_name: 'Germany' }],
  ['the basis', { basis: 'spread' }, { basis: 'reported' }],
  ['what was filled', { filled: ['cases'] }, { filled: [] }],
])('publishes a row that differs in %s', async (_, row, stored) => {
  expect(places(await compare([row], [stored]))).toEqual(['sets DEU 2023-05-01']);
});

it.each<[string, TestRow, TestRow]>([
  ['the order in which doubles were added', { cases: 0.1 + 0.2 }, { cases: 0.3 }],
  ['that order, of large figures', { cases: 123_456_789.1 * (1 + 1e-15) }, { cases: 123_456_789.1 }],
  ['the order of what was filled', { filled: ['deaths', 'cases'] }, { filled: ['cases', 'deaths'] }],
  ['the name of its source', { source: 'page.html' }, { source: 'history.csv' }],
])('does not publish a row that differs only in %s', async (_, row, stored) => {
  expect(await compare([row], [stored])).toEqual([]);
});

it('publishes a small difference that is more than rounding', async () => {
  expect(await compare([{ cases: 1000.000001 }], [{ cases: 1000 }])).toHaveLength(1);
});

describe('withdrawals', () => {
  it('of a backfill are the rows that only an earlier backfill published, and that are gone', async () => {
    const changes = await compare(
      [{ date: '2023-05-02' }],
      [
        { date: '2023-05-01', cases: 7, filled: ['cases'], source: 'old.csv' },
        { date: '2023-05-02' },
        { date: '2023-05-03', branch: 'update' },
        { region: 'FRA', region_name: 'France', date: '2023-05-02', basis: 'spread' },
      ],
    );
    expect(places(changes)).toEqual(['withdraws DEU 2023-05-01', 'withdraws FRA 2023-05-02']);
    expect(changes[0]).toEqual({
      ordinal: 0,
      region: 'DEU',
      region_name: 'Germany',
      date: '2023-05-01',
      cases: null,
      deaths: null,
      basis: 'reported',
      filled: [],
      source: 'old.csv',
      withdrawn: true,
    });
  });

  it('and rows that are new or differ stand in one order', async () => {
    const changes = await compare(
      [{ date: '2023-05-02', cases: 99 }, { date: '2023-05-04' }],
      [{ date: '2023-05-01' }, { date: '2023-05-02' }, { date: '2023-05-03' }],
    );
    expect(places(changes)).toEqual([
      'withdraws DEU 2023-05-01',
      'sets DEU 2023-05-02',
      'withdraws DEU 2023-05-03',
      'sets DEU 2023-05-04',
    ]);
  });

  it('are never made by an update: a page that lacks a region is more likely broken than right', async () => {
    const stored: TestRow[] = [{ date: '2023-05-01' }, { region: 'FRA', date: '2023-05-02' }];
    const changes = await compare([{ date: '2023-05-02', cases: 5 }], stored, 'update');
    expect(places(changes)).toEqual(['sets DEU 2023-05-02']);
  });
});
