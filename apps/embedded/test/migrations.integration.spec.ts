import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ClickHouseMigrationStore, type ClickHouseClient } from '@weir/adapter-clickhouse';
import { connectPostgres, PostgresMigrationStore } from '@weir/adapter-postgres';
import { Migrations } from '@weir/migrations';
import type { DataSource } from 'typeorm';
import { startClickHouse } from '../src/engines/clickhouse.js';
import { startPostgres, type EmbeddedPostgres } from '../src/engines/postgres.js';
import { inTurn } from '../src/home/migration-lock.js';

/** Real: both engines as the embedded system starts them, and copies of the project's own migrations. */
const project = fileURLToPath(new URL('../../..', import.meta.url));
const EVERYTHING = [
  'postgres/0001_accounts',
  'postgres/0002_runs',
  'postgres/0003_runs_by_number',
  'postgres/0004_stack',
  'clickhouse/0001_incidence',
];

describe('migrations of the embedded databases', () => {
  let home: string;
  let postgres: EmbeddedPostgres;
  let source: DataSource;
  let clickhouse: ClickHouseClient;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'weir-migrations-'));
    [postgres, clickhouse] = await Promise.all([
      startPostgres(join(home, 'postgres'), home),
      startClickHouse(join(home, 'clickhouse')),
    ]);
    source = await connectPostgres({ ...postgres.address, poolSize: 1 });
  });

  afterAll(async () => {
    await source.destroy();
    await postgres.close();
    await clickhouse.close();
    await rm(home, { recursive: true, force: true });
  });

  /** Every test begins with databases that have seen nothing, and the project's files. */
  let folders: { postgres: string; clickhouse: string };
  beforeEach(async () => {
    await source.query('DROP SCHEMA public CASCADE');
    await source.query('CREATE SCHEMA public');
    for (const table of ['schema_migrations', 'incidence', 'incidence_commits', 'incidence_revisions', 'extra']) {
      await clickhouse.command({ query: `DROP TABLE IF EXISTS ${table} SYNC` });
    }
    const copy = await mkdtemp(join(home, 'files-'));
    folders = { postgres: join(copy, 'postgres'), clickhouse: join(copy, 'clickhouse') };
    for (const [name, folder] of Object.entries(folders)) {
      await cp(join(project, name, 'migrations'), folder, { recursive: true });
    }
  });

  const stores = () => [
    { store: new PostgresMigrationStore(source), folder: folders.postgres },
    { store: new ClickHouseMigrationStore(clickhouse), folder: folders.clickhouse },
  ];
  const migrations = () => new Migrations(stores(), inTurn());
  const migrate = (dryRun = false) => migrations().run(dryRun);
  const status = () => migrations().status();
  const states = async () =>
    (await status()).flatMap(({ store, migrations: all }) => all.map(({ name, state }) => `${store}/${name} ${state}`));
  const postgresHas = async (table: string) => {
    const [row] = await source.query<{ found: boolean }[]>('SELECT to_regclass($1) IS NOT NULL AS found', [table]);
    return row?.found;
  };
  const clickhouseHas = async (table: string) => {
    const answer = await clickhouse.query({ query: `EXISTS TABLE ${table}`, format: 'JSONEachRow' });
    const [row] = await answer.json<{ result: number }>();
    return Number(row?.result) === 1;
  };

  it('are applied once, and then there is nothing to do', async () => {
    expect(await migrate()).toEqual(EVERYTHING);
    expect([await postgresHas('users'), await postgresHas('runs')]).toEqual([true, true]);
    expect([await clickhouseHas('incidence_revisions'), await clickhouseHas('incidence')]).toEqual([true, true]);
    const before = await status();
    expect(await migrate()).toEqual([]);
    expect(await status()).toEqual(before);
    for (const { migrations: all } of before) {
      for (const { state, applied_at } of all) {
        expect(state).toBe('applied');
        expect(Math.abs(Date.parse(applied_at ?? '') - Date.now())).toBeLessThan(60_000);
      }
    }
  });

  it('are looked at without leaving a trace', async () => {
    expect(await states()).toEqual(EVERYTHING.map((name) => `${name} pending`));
    expect(await migrate(true)).toEqual(EVERYTHING);
    expect([await postgresHas('schema_migrations'), await clickhouseHas('schema_migrations')]).toEqual([false, false]);
  });

  it.each([
    ['postgres', '0002_runs'],
    ['clickhouse', '0001_incidence'],
  ] as const)('are refused whole where a file of %s was edited after it was applied', async (store, name) => {
    await migrate();
    await writeFile(join(folders[store], `${name}.sql`), 'SELECT 1;\n');
    await writeFile(join(folders.postgres, '0099_extra.sql'), 'CREATE TABLE extra (a int);\n');
    expect(await states()).toContain(`${store}/${name} edited`);
    await expect(migrate()).rejects.toMatchObject({
      code: 'migration_refused',
      details: { store, migrations: [expect.objectContaining({ name, state: 'edited' })] },
    });
    expect(await postgresHas('extra')).toBe(false);
  });

  it('go one after the other where several begin at once, and the others find nothing to do', async () => {
    const turns = inTurn();
    const outcomes = await Promise.all(Array.from({ length: 3 }, () => new Migrations(stores(), turns).run()));
    // Which of them is first is open: each reads the files before it waits for its turn.
    expect(outcomes.sort((a, b) => b.length - a.length)).toEqual([EVERYTHING, [], []]);
  });

  it('let the next one in where one failed', async () => {
    const turns = inTurn();
    const file = join(folders.postgres, '0099_extra.sql');
    await writeFile(file, 'SELECT nonsense;\n');
    const failed = new Migrations(stores(), turns).run();
    await expect(failed).rejects.toMatchObject({ code: 'migration_failed' });
    await writeFile(file, 'SELECT 1;\n');
    expect(await new Migrations(stores(), turns).run()).toEqual(['postgres/0099_extra', 'clickhouse/0001_incidence']);
  });

  it('that fail leave PostgreSQL as it was, and are applied when they are mended', async () => {
    await migrate();
    const file = join(folders.postgres, '0099_extra.sql');
    await writeFile(file, 'CREATE TABLE extra (a int);\nINSERT INTO extra VALUES (1);\nSELECT nonsense;\n');
    await expect(migrate()).rejects.toMatchObject({
      code: 'migration_failed',
      message: expect.stringMatching(/^postgres\/0099_extra\.sql: .*nonsense/),
    });
    expect(await postgresHas('extra')).toBe(false);
    expect(await states()).toContain('postgres/0099_extra pending');
    await writeFile(file, 'CREATE TABLE extra (a int);\n');
    expect(await migrate()).toEqual(['postgres/0099_extra']);
    expect(await postgresHas('extra')).toBe(true);
  });

  it('that fail in ClickHouse are not recorded, and bear being applied again', async () => {
    await migrate();
    const file = join(folders.clickhouse, '0002_extra.sql');
    const table = 'CREATE TABLE IF NOT EXISTS extra (a UInt8) ENGINE = MergeTree ORDER BY a;\n';
    await writeFile(file, `-- Why; not what.\n${table}SELECT nonsense;\n`);
    await expect(migrate()).rejects.toMatchObject({
      code: 'migration_failed',
      message: expect.stringMatching(/^clickhouse\/0002_extra\.sql: /),
    });
    expect(await states()).toContain('clickhouse/0002_extra pending');
    await writeFile(file, `-- Why; not what.\n${table}INSERT INTO extra VALUES (1);\n`);
    expect(await migrate()).toEqual(['clickhouse/0002_extra']);
    expect(await clickhouseHas('extra')).toBe(true);
  });
});
