import { openScratchWorkspace, schema } from '../../test/raw-rows.js';
import { transformedRows, type TestRow } from '../../test/published-rows.js';
import type { Workspace } from '../ports/workspace.js';
import { validateRecords } from './validate-records.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await openScratchWorkspace();
});
afterAll(() => workspace.close());

async function validate(rows: readonly TestRow[]) {
  const { relation, rejects } = await validateRecords(await transformedRows(workspace, rows), schema, workspace);
  return {
    valid: await workspace.query<TestRow>(
      `SELECT region, date, cases, deaths, _row FROM ${relation} ORDER BY region, date`,
    ),
    rejected: await workspace.query<{ file: string; row: number; code: string; reason: string; record: string }>(
      `SELECT * FROM ${rejects} ORDER BY row`,
    ),
    columns: { valid: await workspace.columns(relation), rejects: await workspace.columns(rejects) },
  };
}
const codes = async (row: TestRow) => (await validate([row])).rejected.map(({ code, reason }) => [code, reason]);

it('lets good rows pass with all their columns, and no others', async () => {
  const { valid, rejected, columns } = await validate([
    { region: 'DEU', cases: 0, deaths: -3 },
    { region: 'FRA', cases: null, deaths: null },
  ]);
  expect(valid).toEqual([
    { region: 'DEU', date: '2023-05-01', cases: 0, deaths: -3, _row: 2 },
    { region: 'FRA', date: '2023-05-01', cases: null, deaths: null, _row: 3 },
  ]);
  expect(rejected).toEqual([]);
  const fields = ['region', 'region_name', 'date', 'cases', 'deaths', 'basis', 'filled', 'source', '_file', '_row'];
  expect([...columns.valid].sort()).toEqual([...fields].sort());
  expect(columns.rejects).toEqual(['file', 'row', 'code', 'reason', 'record']);
});

it('says of a rejected row where it stood, why, and what it was', async () => {
  const { valid, rejected } = await validate([{ region: 'DEU' }, { region: '', cases: 4 }]);
  expect(valid.map(({ region }) => region)).toEqual(['DEU']);
  expect(rejected).toEqual([
    { file: 'history.csv', row: 3, code: 'missing_value', reason: 'region: blank', record: expect.any(String) },
  ]);
  expect(JSON.parse(rejected[0]?.record ?? '')).toEqual({
    region: '',
    region_name: 'Germany',
    date: '2023-05-01',
    cases: 4,
    deaths: 1,
  });
});

it.each<[string, TestRow, string, string]>([
  ['a blank series', { region: '' }, 'missing_value', 'region: blank'],
  ['a missing series', { region: null }, 'missing_value', 'region: blank'],
  ['a missing label', { region_name: null }, 'missing_value', 'region_name: blank'],
  ['NUL in the series', { region: 'D\0U' }, 'invalid_text', 'region: contains NUL'],
  ['NUL in a label', { region_name: '\0' }, 'invalid_text', 'region_name: contains NUL'],
  ['a text of 501 characters', { region: 'x'.repeat(501) }, 'invalid_text', 'region: longer than 500 characters'],
  ['no day', { date: null }, 'invalid_date', 'date: not between 1900-01-01 and 2299-12-31'],
  ['a day too early to store', { date: '1899-12-31' }, 'invalid_date', 'date: not between 1900-01-01 and 2299-12-31'],
  ['a day too late to store', { date: '2300-01-01' }, 'invalid_date', 'date: not between 1900-01-01 and 2299-12-31'],
  ['no end of days', { date: 'infinity' }, 'invalid_date', 'date: not between 1900-01-01 and 2299-12-31'],
  ['a figure that is none', { cases: 'nan' }, 'invalid_figure', 'cases: not a finite number'],
  ['an endless figure', { deaths: 'inf' }, 'invalid_figure', 'deaths: not a finite number'],
  ['a figure without a lower end', { deaths: '-inf' }, 'invalid_figure', 'deaths: not a finite number'],
])('rejects %s', async (_, row, code, reason) => {
  expect(await codes(row)).toEqual([[code, reason]]);
});

it.each<[string, TestRow]>([
  ['the first day that can be stored', { date: '1900-01-01' }],
  ['the last day that can be stored', { date: '2299-12-31' }],
  ['a text of 500 characters', { region: 'ж'.repeat(500) }],
  ['the largest double', { cases: 1.7976931348623157e308 }],
])('lets %s pass', async (_, row) => {
  expect(await codes(row)).toEqual([]);
});

it('rejects every row of a series and day that has several, and keeps the other days', async () => {
  const { valid, rejected } = await validate([
    { date: '2023-05-01', cases: 1 },
    { date: '2023-05-02', cases: 2 },
    { date: '2023-05-02', cases: 2 },
    { date: '2023-05-02', cases: 3, region: 'FRA' },
  ]);
  expect(valid.map(({ region, date }) => [region, date])).toEqual([
    ['DEU', '2023-05-01'],
    ['FRA', '2023-05-02'],
  ]);
  expect(rejected.map(({ row, code, reason }) => [row, code, reason])).toEqual([
    [3, 'duplicate_row', 'several rows for one series and day'],
    [4, 'duplicate_row', 'several rows for one series and day'],
  ]);
});

it('finds nothing wrong with no rows', async () => {
  expect(await validate([])).toMatchObject({ valid: [], rejected: [] });
});
