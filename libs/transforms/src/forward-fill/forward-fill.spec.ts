import type { Workspace } from '@weir/pipeline';
import { openScratchWorkspace, relationOf, rowsOf, schema, stateOf, type Row } from '../../test/relations.js';
import { spreadWeekly } from '../spread-weekly/spread-weekly.transform.js';
import { forwardFill } from './forward-fill.transform.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await openScratchWorkspace();
});
afterAll(() => workspace.close());

async function fill(
  rows: readonly Row[],
  stored?: readonly Row[],
  options: { metrics?: string[] } = {},
): Promise<Row[]> {
  const input = await relationOf(workspace, rows);
  const context = { workspace, schema, ...(stored ? { state: await stateOf(workspace, stored) } : {}) };
  const { relation } = await forwardFill.apply(input, options, context);
  return rowsOf(workspace, relation);
}

const row = (region: string, date: string, cases: number | null, deaths: number | null = 0): Row => ({
  region,
  date,
  cases,
  deaths,
});
const cells = (rows: readonly Row[]) => rows.map(({ cases, deaths, filled }) => [cases, deaths, filled]);

it('fills a gap with the last figure before it, and names what was filled', async () => {
  const rows = await fill([
    row('DEU', '2023-05-01', 5, 1),
    row('DEU', '2023-05-02', null, 2),
    row('DEU', '2023-05-03', null, null),
    row('DEU', '2023-05-04', 8, null),
  ]);
  expect(cells(rows)).toEqual([
    [5, 1, []],
    [5, 2, ['cases']],
    [5, 2, ['cases', 'deaths']],
    [8, 2, ['deaths']],
  ]);
});

it('fills a gap only from the same series', async () => {
  const rows = await fill([
    row('DEU', '2023-05-01', 5),
    row('FRA', '2023-05-02', null),
    row('DEU', '2023-05-03', null),
  ]);
  expect(rows.map(({ region, cases }) => [region, cases])).toEqual([
    ['DEU', 5],
    ['DEU', 5],
    ['FRA', null],
  ]);
});

it('leaves a gap before the first figure null', async () => {
  const rows = await fill([row('DEU', '2023-05-01', null), row('DEU', '2023-05-02', 5)]);
  expect(cells(rows)).toEqual([
    [null, 0, []],
    [5, 0, []],
  ]);
});

it('adds no rows for days that are absent', async () => {
  const rows = await fill([row('DEU', '2023-05-01', 5), row('DEU', '2023-05-09', null)]);
  expect(rows.map(({ date, cases }) => [date, cases])).toEqual([
    ['2023-05-01', 5],
    ['2023-05-09', 5],
  ]);
});

it('carries zeros and negative corrections like any figure', async () => {
  const rows = await fill([row('DEU', '2023-05-01', 0, -4), row('DEU', '2023-05-02', null, null)]);
  expect(cells(rows)).toEqual([
    [0, -4, []],
    [0, -4, ['cases', 'deaths']],
  ]);
});

it('fills only the metrics that are named', async () => {
  const rows = await fill([row('DEU', '2023-05-01', 5, 1), row('DEU', '2023-05-02', null, null)], undefined, {
    metrics: ['deaths', 'deaths'],
  });
  expect(cells(rows)[1]).toEqual([null, 1, ['deaths']]);
});

it('refuses a metric that is none, naming those there are', async () => {
  await expect(fill([], undefined, { metrics: ['case'] })).rejects.toMatchObject({
    code: 'unknown_metric',
    message: 'forward_fill: case is no metric; there are cases, deaths',
  });
});

describe('an update in the middle of a series', () => {
  const stored = [
    row('DEU', '2023-04-29', 3, 1),
    row('DEU', '2023-04-30', 4, null),
    row('DEU', '2023-05-07', 500, 500),
    row('DEU', '2023-05-09', 1000, 1000),
    row('FRA', '2023-04-30', 7, 7),
  ];

  it('fills from the last stored figure of each metric before the period, never from its own days or later ones', async () => {
    const rows = await fill([row('DEU', '2023-05-07', null, null), row('ITA', '2023-05-07', null, null)], stored);
    expect(cells(rows)).toEqual([
      [4, 1, ['cases', 'deaths']],
      [null, null, []],
    ]);
  });

  it('prefers a figure of the run itself', async () => {
    const rows = await fill([row('DEU', '2023-05-06', 6, null), row('DEU', '2023-05-07', null, null)], stored);
    expect(cells(rows)).toEqual([
      [6, 1, ['deaths']],
      [6, 1, ['cases', 'deaths']],
    ]);
  });
});

it('after spread_weekly fills a blank week with the last daily share, and the rows stay spread', async () => {
  const input = await relationOf(workspace, [row('DEU', '2023-05-07', 14, null), row('DEU', '2023-05-14', null, null)]);
  const spread = await spreadWeekly.apply(input, spreadWeekly.options.parse({ cut: 'all' }), { workspace, schema });
  const { relation } = await forwardFill.apply(spread.relation, {}, { workspace, schema });
  const rows = await rowsOf(workspace, relation);
  expect(rows).toHaveLength(14);
  expect(rows[13]).toEqual({
    region: 'DEU',
    date: '2023-05-14',
    cases: 2,
    deaths: null,
    basis: 'spread',
    filled: ['cases'],
  });
});
