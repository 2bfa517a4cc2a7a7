import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckDbWorkspace } from '@weir/adapter-duckdb';
import type { RawExtraction, Workspace } from '@weir/pipeline';
import { htmlOptions } from './html-options.js';
import { htmlSource } from './html-source.js';

let folder: string;
let workspace: Workspace;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-html-'));
  workspace = await openDuckDbWorkspace({ scratch: folder, memoryLimit: '200MB', threads: 1 });
});
afterAll(async () => {
  await workspace.close();
  await rm(folder, { recursive: true });
});

async function read(html: string, options: object, wanted: string[]): Promise<RawExtraction> {
  const path = join(folder, 'landed');
  await writeFile(path, html);
  const checked = htmlOptions.parse({ url: 'sample/page.html', ...options });
  return htmlSource.read(checked, [{ name: 'sample/page.html', path }], wanted, workspace);
}

const weekly = `<h3>News</h3><h3>(01.01- 07.01.2024)</h3>
  <table><tr><td>Region<td>Died</tr><tr><td>North<td>+1,234</tr><tr><td>South</tr><tr><td>East<td>&nbsp;</tr></table>`;
const table = { selector: 'table' };
const period = { selector: 'h3', rule: 'range_end' };

describe('items', () => {
  it.each([
    ['sample/page.html', '/pipelines/covid/sample/page.html'],
    ['/srv/page.html', '/srv/page.html'],
    ['file:///srv/a%20page.html', '/srv/a page.html'],
    ['https://example.org/page?x=1', 'https://example.org/page?x=1'],
  ])('keep the name %s and locate it', async (url, location) => {
    const options = htmlOptions.parse({ url, table });
    expect(await htmlSource.items(options, '/pipelines/covid')).toEqual([{ name: url, location }]);
  });

  it('is not named by what only the fetcher may know', async () => {
    const url = 'https://me:hunter2@example.org/page?week=43&token=t';
    const options = htmlOptions.parse({ url, table });
    expect(await htmlSource.items(options, '/pipelines/covid')).toEqual([
      { name: 'https://example.org/page?week=43', location: url },
    ]);
  });
});

describe('read', () => {
  it('gives rows of text with their place, their period, and what was left out', async () => {
    const found = await read(weekly, { table, period }, ['Died', 'Region', 'period_end']);
    expect(found.columns).toEqual(['Died', 'Region', 'period_start', 'period_end']);
    expect(found.warnings).toEqual([]);
    expect(await workspace.query(`SELECT * FROM ${found.relation} ORDER BY _row`)).toEqual([
      {
        _file: 'sample/page.html',
        _row: 2,
        Died: '+1,234',
        Region: 'North',
        period_start: '2024-01-01',
        period_end: '2024-01-07',
      },
      {
        _file: 'sample/page.html',
        _row: 4,
        Died: null,
        Region: 'East',
        period_start: '2024-01-01',
        period_end: '2024-01-07',
      },
    ]);
    expect(await workspace.query(`SELECT * FROM ${found.rejects}`)).toEqual([
      {
        file: 'sample/page.html',
        row: 3,
        code: 'ragged_row',
        reason: expect.stringContaining('found 1 cells'),
        record: '["South"]',
      },
    ]);
  });

  it('gives the types that a source owes', async () => {
    const { relation, rejects } = await read(weekly, { table, period }, ['Region', 'Died']);
    const types = async (name: string | undefined): Promise<string[]> =>
      (await workspace.query<{ column_type: string }>(`DESCRIBE ${name}`)).map((column) => column.column_type);
    expect(await types(relation)).toEqual(['VARCHAR', 'BIGINT', 'VARCHAR', 'VARCHAR', 'VARCHAR', 'VARCHAR']);
    expect(await types(rejects)).toEqual(['VARCHAR', 'BIGINT', 'VARCHAR', 'VARCHAR', 'VARCHAR']);
  });

  it('has no relation of rejects where nothing was left out, and no period where none is declared', async () => {
    const found = await read(weekly, { table }, ['Region', 'Region']);
    expect(found).not.toHaveProperty('rejects');
    expect(await workspace.columns(found.relation)).toEqual(['_file', '_row', 'Region']);
  });

  it('takes any text for the name of a column', async () => {
    const html = `<table><tr><td>It's "new"; DROP<td>Имя</tr><tr><td>1<td>'; --</tr></table>`;
    const { relation } = await read(html, { table }, [`It's "new"; DROP`, 'Имя']);
    expect(await workspace.query(`SELECT * EXCLUDE (_file, _row) FROM ${relation}`)).toEqual([
      { [`It's "new"; DROP`]: '1', Имя: "'; --" },
    ]);
  });

  it('reads JSON with the same period', async () => {
    const html = `<x-map stat-date="29.08.2023" :data='[{"n":0.10}]'></x-map>`;
    const { relation } = await read(
      html,
      {
        json: { selector: 'x-map', attribute: ':data' },
        period: { selector: 'x-map', attribute: 'stat-date', rule: 'last_sunday_before' },
      },
      ['n', 'period_end'],
    );
    expect(await workspace.query(`SELECT n, period_start, period_end FROM ${relation}`)).toEqual([
      { n: '0.10', period_start: '2023-08-21', period_end: '2023-08-27' },
    ]);
  });

  it('says what to declare where a period is wanted and none is declared', async () => {
    await expect(read(weekly, { table }, ['Region', 'period_end'])).rejects.toMatchObject({
      code: 'period_not_declared',
      message: expect.stringContaining('declare `period: { selector, rule }`'),
    });
  });

  it.each([
    ['an empty page', '', 'page_empty'],
    ['a page without its table', '<h3>(01.01- 07.01.2024)</h3><p>Moved</p>', 'table_not_found'],
    ['a page without its period', weekly.replace('(01.01- 07.01.2024)', 'This week'), 'period_not_found'],
  ])('fails on %s', async (_, html, code) => {
    await expect(read(html, { table, period }, ['Region', 'Died'])).rejects.toMatchObject({ code, retryable: false });
  });
});
