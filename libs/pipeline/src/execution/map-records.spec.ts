import type { Workspace } from '../ports/workspace.js';
import {
  column,
  dictionary,
  mapRaw,
  mapRows,
  mappingOf,
  openScratchWorkspace,
  rawOf,
  schema,
} from '../../test/raw-rows.js';
import { mapRecords } from './map-records.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await openScratchWorkspace();
});
afterAll(() => workspace.close());

const adygea = { code: 'RU-AD', name: 'Adygea' };
const regions = dictionary({
  'Республика Адыгея': adygea,
  Adygea: adygea,
  'Altay rep.': { code: 'RU-AL', name: 'Altai Republic' },
});
const named = { columns: { ...mappingOf().columns, region: column('Region', { dictionary: regions }) } };

it('makes records as transforms take them', async () => {
  const raw = await rawOf(
    workspace,
    [{ Region: ' DEU ', Day: '2023-05-15', Cases: '3 781', Deaths: '' }],
    ['Region', 'Day', 'Cases', 'Deaths', 'Comment'],
  );
  const { relation } = await mapRecords(raw, mappingOf(), schema, workspace);
  expect(await workspace.query(`SELECT * FROM ${relation}`)).toEqual([
    {
      region: 'DEU',
      region_name: 'DEU',
      date: '2023-05-15',
      cases: 3781,
      deaths: null,
      basis: 'reported',
      filled: 0,
      source: 'page.csv',
      _file: 'page.csv',
      _row: 2,
    },
  ]);
});

it('refuses rows of which some were lost on the way, and tells how many', async () => {
  const raw = await rawOf(
    workspace,
    [{ Region: 'DEU', Day: '2023-05-15', Cases: '1', Deaths: '' }],
    ['Region', 'Day', 'Cases', 'Deaths'],
  );
  const short = { ...raw, counted: [{ file: 'page.csv', rows: 2 }] };
  await expect(mapRecords(short, mappingOf(), schema, workspace)).rejects.toMatchObject({
    code: 'rows_lost',
    message: 'page.csv: of 2 rows 1 were read. Nothing was taken over; please report this file.',
  });
  await mapRecords({ ...raw, counted: [{ file: 'page.csv', rows: 1 }] }, mappingOf(), schema, workspace);
});

it('does not tell readers where a file lies on this machine', async () => {
  const shown = async (_file: string) => {
    const raw = await rawOf(
      workspace,
      [{ _file, Region: 'DEU', Day: '2023-05-15' }],
      ['Region', 'Day', 'Cases', 'Deaths'],
    );
    const { relation } = await mapRecords(raw, mappingOf(), schema, workspace);
    return workspace.query(`SELECT source, _file FROM ${relation}`);
  };
  for (const [_file, source] of [
    ['/srv/data/history.csv', 'history.csv'],
    ['C:\\data\\history.csv', 'history.csv'],
    ['sample/history.csv', 'sample/history.csv'],
    ['sample/2020..2023/history.csv', 'sample/2020..2023/history.csv'],
    ['../../srv/data/history.csv', 'history.csv'],
    ['sample/../../data/history.csv', 'history.csv'],
    ['..\\data\\history.csv', 'history.csv'],
    ['file:///srv/data/page.html', 'page.html'],
    ['https://example.org/data/history.csv?year=2023', 'https://example.org/data/history.csv?year=2023'],
  ] as const) {
    expect(await shown(_file)).toEqual([{ source, _file }]);
  }
});

it('leaves a metric that is not mapped null, and takes constants where there is no column', async () => {
  const columns = {
    region: column('', { from: null, value: 'DEU' }),
    region_name: column('Region'),
    date: column('', { from: null, value: '2023-05-15' }),
    cases: column('Cases'),
  };
  const { records } = await mapRows(workspace, [['Germany', null, '5', '9']], { columns });
  expect(records).toEqual([{ region: 'DEU', region_name: 'Germany', date: '2023-05-15', cases: 5, deaths: null }]);
});

describe('rejects', () => {
  it('a row with a day that does not exist, with the row as it came', async () => {
    const { records, rejects } = await mapRows(workspace, [
      ['DEU', '2023-02-28', '1', '1'],
      ['DEU', '2023-02-30', '1', null],
    ]);
    expect(records).toHaveLength(1);
    expect(rejects).toEqual([
      {
        file: 'page.csv',
        row: 3,
        code: 'invalid_date',
        reason: 'date: "2023-02-30" is no day written as %Y-%m-%d',
        record: '{"Region":"DEU","Day":"2023-02-30","Cases":"1","Deaths":null}',
      },
    ]);
  });

  it.each([
    [['DEU', '2023-05-15', '12abc', '1'], 'invalid_figure', 'cases: "12abc" is no figure'],
    [['DEU', '2023-05-15', '1', 'nan'], 'invalid_figure', 'deaths: "nan" is no figure'],
    [['\u00a0', '2023-05-15', '1', '1'], 'missing_value', 'region: blank'],
    [[null, '2023-05-15', '1', '1'], 'missing_value', 'region: blank'],
    [['DEU', ' ', '1', '1'], 'missing_value', 'date: blank'],
    [['DEU', null, '1', '1'], 'missing_value', 'date: blank'],
  ])('%j with %s', async (row, code, reason) => {
    const { records, rejects } = await mapRows(workspace, [row]);
    expect(records).toEqual([]);
    expect(rejects).toMatchObject([{ code, reason, row: 2 }]);
  });

  it('carries on what the source left out', async () => {
    const raw = await rawOf(workspace, [{ Region: 'DEU', Day: 'x' }], ['Region', 'Day', 'Cases', 'Deaths']);
    await workspace.run(
      `CREATE TABLE ragged AS SELECT 'page.csv' AS file, 9::BIGINT AS row, 'ragged_row' AS code, '3 cells' AS reason, '[]' AS record`,
    );
    const { rejects } = await mapRaw(workspace, { ...raw, rejects: 'ragged' }, mappingOf());
    expect(rejects.map(({ row, code }) => [row, code])).toEqual([
      [2, 'invalid_date'],
      [9, 'ragged_row'],
    ]);
  });
});

describe('a dictionary', () => {
  it('replaces every text of a region by its code, and gives the name, however the text is spaced or composed', async () => {
    const { records } = await mapRows(
      workspace,
      [
        ['Республика\u00a0\u00a0Адыгея ', '2023-05-01', '1', '1'],
        ['Adygea', '2023-05-02', '1', '1'],
        ['Республика Адыгея'.normalize('NFD'), '2023-05-03', '1', '1'],
      ],
      named,
    );
    expect(records.map(({ region, region_name }) => [region, region_name])).toEqual(Array(3).fill(['RU-AD', 'Adygea']));
  });

  it('stops at names it does not know, naming all of them once', async () => {
    const unknown = ['Kazan', ' Chita', 'Kazan', 'Nal"chik'].map((name) => [name, '2023-05-01', '1', '1']);
    await expect(mapRows(workspace, [...unknown, ['Adygea', '2023-05-01', '1', '1']], named)).rejects.toMatchObject({
      code: 'unknown_name',
      message: expect.stringContaining(
        '3 names in column "Region" that dictionary "regions" does not know: "Chita", "Kazan", "Nal"chik".',
      ) as string,
      details: { column: 'Region', names: ['Chita', 'Kazan', 'Nal"chik'] },
    });
  });

  it('rejects only their rows with unknown: reject, and blank names as missing', async () => {
    const rows = ['Kazan', 'Adygea', ''].map((name) => [name, '2023-05-01', '1', '1']);
    const { records, rejects } = await mapRows(workspace, rows, { ...named, unknown: 'reject' });
    expect(records.map(({ region }) => region)).toEqual(['RU-AD']);
    expect(rejects.map(({ row, code, reason }) => [row, code, reason])).toEqual([
      [2, 'unknown_name', 'region: "Kazan" is not in the dictionary'],
      [4, 'missing_value', 'region: blank'],
    ]);
  });

  it('does not look up names that are ignored', async () => {
    const ignore = [{ column: 'Region', values: ['Whole country', ''] }];
    const rows = ['Whole\u00a0country', '', 'Adygea'].map((name) => [name, '2023-05-01', '1', '1']);
    const { records, rejects } = await mapRows(workspace, rows, { ...named, ignore });
    expect([records.length, rejects.length]).toEqual([1, 0]);
  });

  it('also replaces a constant', async () => {
    const columns = {
      ...mappingOf().columns,
      region: column('', { from: null, value: 'Adygea', dictionary: regions }),
    };
    const { records } = await mapRows(workspace, [['x', '2023-05-01', '1', '1']], { columns });
    expect(records[0]).toMatchObject({ region: 'RU-AD', region_name: 'Adygea' });
  });
});

it('names a series of several fields, the label coming from the dictionary', async () => {
  const of = { ...schema, series: ['sex', 'region'] };
  const raw = await rawOf(
    workspace,
    [{ Sex: 'f', Region: 'Adygea', Day: '2023-05-01' }],
    ['Sex', 'Region', 'Day', 'Cases', 'Deaths'],
  );
  const mapping = mappingOf({ columns: { ...named.columns, sex: column('Sex') } });
  const { relation } = await mapRecords(raw, mapping, of, workspace);
  expect(await workspace.query(`SELECT sex, region, region_name FROM ${relation}`)).toEqual([
    { sex: 'f', region: 'RU-AD', region_name: 'Adygea' },
  ]);
});

describe('running totals', () => {
  const totals = (first: 'null' | 'value') => ({ cumulative: { metrics: ['cases'], first } });
  const rows = [
    ['DEU', '2020-03-22', '15', '4'],
    ['DEU', '2020-03-21', '10', '3'],
    ['FRA', '2020-03-22', '100', '1'],
    ['DEU', '2020-03-23', '', '2'],
    ['DEU', '2020-03-24', '22', '1'],
    ['DEU', '2020-03-26', '20', '0'],
  ];

  it('become differences from one row of the series to the next, gaps bridged, corrections negative', async () => {
    const { records } = await mapRows(workspace, rows, totals('null'));
    expect(records.map(({ region, date, cases, deaths }) => [region, date, cases, deaths])).toEqual([
      ['DEU', '2020-03-21', null, 3],
      ['DEU', '2020-03-22', 5, 4],
      ['DEU', '2020-03-23', null, 2],
      ['DEU', '2020-03-24', 7, 1],
      ['DEU', '2020-03-26', -2, 0],
      ['FRA', '2020-03-22', null, 1],
    ]);
  });

  it('begin with the first figure itself with first: value', async () => {
    const { records } = await mapRows(workspace, [['DEU', '2020-03-20', '', '1'], ...rows], totals('value'));
    expect(records.map(({ cases }) => cases)).toEqual([null, 10, 5, null, 7, -2, 100]);
  });
});

describe('rows of one series and day', () => {
  it('that repeat one another count once, with a warning', async () => {
    const { records, rejects, warnings } = await mapRows(workspace, [
      ['DEU', '2023-05-01', '1 000', ''],
      ['DEU', '2023-05-01', '1000', ''],
      ['DEU', '2023-05-01', '1,000', null],
      ['DEU', '2023-05-02', '1000', ''],
    ]);
    expect(records.map(({ date }) => date)).toEqual(['2023-05-01', '2023-05-02']);
    expect(rejects).toEqual([]);
    expect(warnings).toEqual([
      {
        code: 'duplicate_rows',
        message: 'rows that repeat the series, day and figures of another row were counted once',
        count: 2,
      },
    ]);
  });

  it('that contradict one another are all rejected', async () => {
    const { records, rejects, warnings } = await mapRows(workspace, [
      ['DEU', '2023-05-01', '1', ''],
      ['DEU', '2023-05-01', '1', ''],
      ['DEU', '2023-05-01', '1', '0'],
      ['FRA', '2023-05-01', '1', ''],
    ]);
    expect(records.map(({ region }) => region)).toEqual(['FRA']);
    expect(rejects.map(({ row, code }) => [row, code])).toEqual([2, 3, 4].map((at) => [at, 'contradicting_rows']));
    expect(rejects[0]?.reason).toBe('other rows give the same series and day other figures; the first is page.csv:2');
    expect(warnings).toEqual([]);
  });

  it('do not count when one of them is no record', async () => {
    const { records, rejects } = await mapRows(workspace, [
      ['DEU', '2023-05-01', '1', ''],
      ['DEU', '2023-05-01', 'x', ''],
    ]);
    expect(records).toMatchObject([{ cases: 1 }]);
    expect(rejects).toMatchObject([{ row: 3, code: 'invalid_figure' }]);
  });
});
