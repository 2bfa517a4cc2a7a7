import type { Mapping } from '../definition/plan.js';
import type { Workspace } from '../ports/workspace.js';
import { column, mapRows, mappingOf, openScratchWorkspace } from '../../test/raw-rows.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await openScratchWorkspace();
});
afterAll(() => workspace.close());

const total = { column: 'Region', value: 'Whole country', metrics: ['cases', 'deaths'] };
const check = (rows: readonly (readonly (string | null)[])[], more: Partial<Mapping> = {}) =>
  mapRows(workspace, rows, { total, ...more });

it('lets parts pass that add up day by day, and leaves the total out of the records', async () => {
  const { records } = await check([
    ['Whole\u00a0country', '2023-05-01', '3 000', '0'],
    ['North', '2023-05-01', '1 000', '0'],
    ['South', '2023-05-01', '2 000', ''],
    ['Whole country', '2023-05-02', '5', ''],
    ['North', '2023-05-02', '5', '9'],
  ]);
  expect(records.map(({ region, date }) => [region, date])).toEqual([
    ['North', '2023-05-01'],
    ['North', '2023-05-02'],
    ['South', '2023-05-01'],
  ]);
});

it('refuses parts that do not, naming metric, day and both sums', async () => {
  const mismatch = check([
    ['Whole country', '2023-05-01', '3', '1'],
    ['North', '2023-05-01', '3', '1'],
    ['Whole country', '2023-05-02', '10', '2'],
    ['North', '2023-05-02', '4', '2'],
    ['South', '2023-05-02', '5', '0'],
  ]);
  await expect(mismatch).rejects.toMatchObject({
    code: 'total_mismatch',
    message:
      'cases of 2023-05-02: the total says 10, the parts add up to 9. ' +
      'A part may be missing, counted twice, or read from another column; nothing was stored.',
    details: { mismatches: [{ metric: 'cases', day: '2023-05-02', said: '10', summed: 9 }] },
  });
});

it('refuses a total whose figure cannot be read', async () => {
  const unreadable = check([
    ['Whole country', '2023-05-01', '3*', '1'],
    ['North', '2023-05-01', '3', '1'],
  ]);
  await expect(unreadable).rejects.toMatchObject({
    code: 'total_mismatch',
    message: expect.stringContaining('cases of 2023-05-01: the total says 3*, the parts add up to 3.') as string,
  });
});

it('refuses a total of a day that has no parts', async () => {
  await expect(
    check([
      ['Whole country', '2023-05-01', '3', '1'],
      ['North', '2023-05-01', '3', '1'],
      ['Whole country', '2023-05-02', '3', '0'],
    ]),
  ).rejects.toMatchObject({ code: 'total_mismatch', details: { mismatches: [{ day: '2023-05-02', summed: null }] } });
});

it('refuses parts of which one was rejected, and says why that one was', async () => {
  await expect(
    check([
      ['Whole country', '2023-05-01', '3', '1'],
      ['North', '2023-05-01', '3', '1'],
      ['South', '2023-05-01', '0', 'x'],
      ['South', '2023-05-02', '2', '0'],
      ['Whole country', '2023-05-02', '2', 'x'],
    ]),
  ).rejects.toMatchObject({
    code: 'total_mismatch',
    message: expect.stringContaining(
      'A part could not be used: page.csv:4: deaths: "x" is no figure; nothing',
    ) as string,
    details: { mismatches: [{ metric: 'deaths', said: 'x' }] },
  });
});

it('adds a repeated part once', async () => {
  const { records } = await check([
    ['Whole country', '2023-05-01', '3', '1'],
    ['North', '2023-05-01', '3', '1'],
    ['North', '2023-05-01', '3', '1'],
  ]);
  expect(records).toHaveLength(1);
});

it('refuses a source without the total row', async () => {
  await expect(check([['North', '2023-05-01', '3', '1']])).rejects.toMatchObject({
    code: 'total_not_found',
    message: expect.stringContaining('no row holds "Whole country" in column "Region"') as string,
  });
});

it('refuses days without a total, naming them', async () => {
  await expect(
    check([
      ['Whole country', '2023-05-01', '3', '1'],
      ['North', '2023-05-01', '3', '1'],
      ['North', '2023-05-02', '3', '1'],
    ]),
  ).rejects.toMatchObject({
    code: 'total_not_found',
    message: expect.stringContaining('no row of 2023-05-02 holds "Whole country"') as string,
    details: { days: ['2023-05-02'] },
  });
});

it('checks running totals as they are published', async () => {
  const { records } = await check(
    [
      ['Whole country', '2023-05-01', '10', '1'],
      ['North', '2023-05-01', '10', '1'],
      ['Whole country', '2023-05-02', '12', '1'],
      ['North', '2023-05-02', '12', '1'],
    ],
    { cumulative: { metrics: ['cases'], first: 'null' } },
  );
  expect(records.map(({ cases }) => cases)).toEqual([null, 2]);
});

it('also checks where the day is the same constant for all rows', async () => {
  const columns = { ...mappingOf().columns, date: column('', { from: null, value: '2023-05-01' }) };
  const rows = [
    ['Whole country', null, '3', '1'],
    ['North', null, '2', '1'],
  ];
  await expect(check(rows, { columns })).rejects.toMatchObject({ code: 'total_mismatch' });
});

it('checks only the metrics that it is told to', async () => {
  const { records } = await check(
    [
      ['Whole country', '2023-05-01', '3', '7'],
      ['North', '2023-05-01', '3', '1'],
    ],
    { total: { ...total, metrics: ['cases'] } },
  );
  expect(records).toHaveLength(1);
});
