import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { literal, type Workspace } from '@weir/pipeline';
import { openDuckDbWorkspace } from './duckdb-workspace.js';

let scratch: string;
let workspace: Workspace;
const open = () => openDuckDbWorkspace({ scratch, memoryLimit: '200MB', threads: 1 });
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'weir-duckdb-'));
  workspace = await open();
});
afterAll(async () => {
  await workspace.close();
  await rm(scratch, { recursive: true });
});

const value = async (expression: string) => (await workspace.query<{ v: unknown }>(`SELECT ${expression} AS v`))[0]?.v;

describe('values', () => {
  it.each<[string, string, unknown]>([
    ['a day', `DATE '2023-05-15'`, '2023-05-15'],
    ['the first day that can be stored', `DATE '1900-01-01'`, '1900-01-01'],
    ['a day far ahead', `DATE '2299-12-31'`, '2299-12-31'],
    ['a moment', `TIMESTAMP '2023-05-15 01:02:03.5'`, '2023-05-15T01:02:03.500Z'],
    ['a count', `count(*)`, 1],
    ['a whole number beyond 32 bits', `5000000000::BIGINT`, 5_000_000_000],
    ['a figure', `12.142857142857142::DOUBLE`, 12.142857142857142],
    ['a truth', `1 = 1`, true],
    ['nothing', `NULL::DOUBLE`, null],
    ['a text', `'Ålpha ''quoted'''`, "Ålpha 'quoted'"],
    ['a list', `['a', 'b']`, ['a', 'b']],
    ['an empty list', `[]::VARCHAR[]`, []],
    ['days inside of a struct', `{first: DATE '2023-05-01', n: 2::BIGINT}`, { first: '2023-05-01', n: 2 }],
  ])('gives %s as JSON has it', async (_, expression, expected) => {
    expect(await value(expression)).toEqual(expected);
  });

  it('binds parameters as values, never as SQL', async () => {
    const rows = await workspace.query('SELECT $1 AS text, $2 AS number, $3 AS nothing', [
      "'; DROP TABLE x --",
      4.5,
      null,
    ]);
    expect(rows).toEqual([{ text: "'; DROP TABLE x --", number: 4.5, nothing: null }]);
  });
});

describe('relations', () => {
  it('gives every relation a name of its own', () => {
    const names = [workspace.fresh('rows'), workspace.fresh('rows'), workspace.fresh('other')];
    expect(new Set(names).size).toBe(3);
    expect(names[0]).toMatch(/^rows_/);
  });

  it('lists the columns of a table or a view in their order', async () => {
    const name = workspace.fresh('view');
    await workspace.run(`CREATE VIEW ${name} AS SELECT 1 AS z, 2 AS "a b", 3 AS "Ä"`);
    expect(await workspace.columns(name)).toEqual(['z', 'a b', 'Ä']);
  });

  it('appends rows of text, gaps and all, more than one buffer holds', async () => {
    const name = workspace.fresh('text');
    await workspace.run(`CREATE TABLE ${name} (a VARCHAR, b VARCHAR)`);
    const rows = function* (): Generator<readonly (string | null)[]> {
      yield ['', null];
      yield ['a "quoted", \n line', 'ж'];
      for (let n = 2; n < 10_000; n += 1) yield [String(n), null];
    };
    await workspace.append(name, rows());
    expect(await workspace.query(`SELECT count(*) AS n, count(b) AS b FROM ${name}`)).toEqual([{ n: 10_000, b: 1 }]);
    expect(await workspace.query(`SELECT * FROM ${name} LIMIT 2`)).toEqual([
      { a: '', b: null },
      { a: 'a "quoted", \n line', b: 'ж' },
    ]);
  });

  it('says what is wrong with a query, as a WeirError that trying again cannot help', async () => {
    const failed = { code: 'query_failed', retryable: false, message: expect.stringContaining('no_such_table') };
    await expect(workspace.query('SELECT * FROM no_such_table')).rejects.toMatchObject(failed);
    await expect(workspace.run('DROP TABLE no_such_table')).rejects.toMatchObject(failed);
    await expect(workspace.append('no_such_table', [['x']])).rejects.toMatchObject(failed);
  });
});

describe('the engine', () => {
  it('reckons in UTC, whatever zone the machine is in', async () => {
    expect(await value(`current_setting('TimeZone')`)).toBe('UTC');
    expect(await value(`(TIMESTAMPTZ '2023-05-15 23:30:00-02:00')::DATE`)).toBe('2023-05-16');
  });

  it('has the memory and the threads that it was given, and spills into its own folder', async () => {
    expect(await value(`current_setting('threads')`)).toBe(1);
    expect(await value(`current_setting('memory_limit')`)).toMatch(/^190\.\d MiB$/);
    expect(await value(`current_setting('temp_directory')`)).toBe(join(workspace.directory, 'spill'));
  });

  it('neither fetches nor loads an extension by itself', async () => {
    expect(await value(`current_setting('autoinstall_known_extensions')`)).toBe(false);
    expect(await value(`current_setting('autoload_known_extensions')`)).toBe(false);
    const file = join(scratch, 'figures.xlsx');
    await writeFile(file, '');
    await expect(workspace.query(`SELECT * FROM read_xlsx(${literal(file)})`)).rejects.toMatchObject({
      code: 'query_failed',
      message: expect.stringMatching(/extension/i),
    });
  });

  it('reads and writes JSON and Parquet without one', async () => {
    const [json, parquet] = ['rows.ndjson', 'rows.parquet'].map((name) => literal(join(workspace.directory, name)));
    await workspace.run(`COPY (SELECT 1 AS a) TO ${json} (FORMAT json)`);
    await workspace.run(`COPY (SELECT 2 AS a) TO ${parquet} (FORMAT parquet)`);
    expect(
      await workspace.query(`SELECT a FROM read_json(${json}) UNION ALL SELECT a FROM read_parquet(${parquet})`),
    ).toEqual([{ a: 1 }, { a: 2 }]);
  });
});

describe('scratch folders', () => {
  it('are one for each workspace, and gone with it', async () => {
    const [first, second] = [await open(), await open()];
    expect(first.directory).not.toBe(second.directory);
    await writeFile(join(first.directory, 'draft.parquet'), 'x');
    await first.close();
    expect(existsSync(first.directory)).toBe(false);
    expect(existsSync(second.directory)).toBe(true);
    await second.close();
    expect(await readdir(scratch)).not.toContain(second.directory.split('/').at(-1));
  });

  it('keep the relations of two workspaces apart', async () => {
    const other = await open();
    await other.run('CREATE TABLE only_there (a INT)');
    await expect(workspace.query('SELECT * FROM only_there')).rejects.toMatchObject({ code: 'query_failed' });
    await other.close();
  });
});
