import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ClickHouseMigrationStore, type ClickHouseClient } from '@weir/adapter-clickhouse';
import { connectPostgres, PostgresMigrationLock, PostgresMigrationStore } from '@weir/adapter-postgres';
import { migrationStatus, runMigrations } from '@weir/migrations';
import type { DataSource } from 'typeorm';
import { startClickHouse } from '../src/engines/clickhouse.js';
import { startPostgres, type EmbeddedPostgres } from '../src/engines/postgres.js';
import { migrationPlans } from '../src/system.js';

/** Real: both engines as the embedded system starts them, and copies of the project's own migrations. */
const project = fileURLToPath(new URL('../../..', import.meta.url));
const EVERYTHING = [
  'postgres/0001_accounts',
  'postgres/0002_runs',
  'postgres/0003_runs_by_number',
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
  const lock = () => new PostgresMigrationLock(source);
  const migrate = async (dryRun = false) => runMigrations(await migrationPlans(stores()), lock(), dryRun);
  const status = async () =>
    Promise.all((await migrationPlans(stores())).map(({ store, files }) => migrationStatus(store, files)));
  const states = async () =>
    (await status()).flatMap(({ store, migrations }) =>
      migrations.map(({ name, state }) => `${store}/${name} ${state}`),
    );
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
    for (const { migrations } of before) {
      for (const { state, applied_at } of migrations) {
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

  describe('the lock', () => {
    const held = () => source.query<{ holder: string }[]>('SELECT holder FROM schema_migration_lock');

    it('keeps another out while one migrates, naming who has it, and is let go of afterwards', async () => {
      await lock().hold(async () => {
        const [{ holder } = { holder: '' }] = await held();
        expect(holder).toContain(`pid ${process.pid}`);
        await expect(migrate()).rejects.toMatchObject({
          code: 'migration_locked',
          retryable: true,
          message: expect.stringContaining(holder),
        });
        expect(await postgresHas('users')).toBe(false);
      });
      expect(await held()).toEqual([]);
      expect(await migrate()).toEqual(EVERYTHING);
    });

    it('is let go of when a migration fails', async () => {
      const failed = lock().hold(async () => {
        throw new Error('broken');
      });
      await expect(failed).rejects.toThrow('broken');
      expect(await held()).toEqual([]);
    });

    it('lets one of many through that come at once', async () => {
      const outcomes = await Promise.allSettled(Array.from({ length: 3 }, () => migrate()));
      const applied = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
      expect(applied).toEqual(EVERYTHING);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'migration_locked' });
      }
    });

    it('is taken over from a holder that gave no sign for a minute, not from one that did', async () => {
      const abandon = (seconds: number) =>
        source.query(
          `INSERT INTO schema_migration_lock VALUES (true, 'a killed process', clock_timestamp() - make_interval(secs => $1))
           ON CONFLICT (only_row) DO UPDATE SET holder = excluded.holder, seen_at = excluded.seen_at`,
          [seconds],
        );
      await lock().hold(async () => undefined);
      await abandon(50);
      await expect(migrate()).rejects.toMatchObject({
        code: 'migration_locked',
        message: expect.stringContaining('a killed process'),
      });
      await abandon(70);
      expect(await migrate()).toEqual(EVERYTHING);
      expect(await held()).toEqual([]);
    });
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
