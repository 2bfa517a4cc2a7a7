import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Migrations } from '@weir/migrations';
import {
  replayCountContract,
  replayLogContract,
  runOverviewContract,
  runRepositoryContract,
  workerDirectoryContract,
} from '@weir/testing';
import type { DataSource } from 'typeorm';
import {
  connectPostgres,
  PostgresMigrationLock,
  PostgresMigrationStore,
  postgresPool,
  PostgresReplayCount,
  PostgresReplayLog,
  PostgresRunOverview,
  PostgresRunRepository,
  PostgresWorkerDirectory,
} from '../src/index.js';

/** Real: a PostgreSQL server, in a database of its own, which its superuser makes; several pools stand for several processes. */
const server = process.env.WEIR_TEST_POSTGRES_ADMIN;
const name = `spec_${randomUUID().replaceAll('-', '')}`;
const url = () => {
  if (!server) throw new Error('WEIR_TEST_POSTGRES_ADMIN is not set: run this by node tools/stack.mjs suite');
  return Object.assign(new URL(server), { pathname: `/${name}` }).href;
};
const folder = fileURLToPath(new URL('../../../../postgres/migrations', import.meta.url));
const everything = ['0001_accounts', '0002_runs', '0003_runs_by_number', '0004_stack'].map(
  (each) => `postgres/${each}`,
);

let admin: DataSource;
const pools: DataSource[] = [];
const pool = () => {
  const made = postgresPool({ url: url(), poolSize: 3 });
  pools.push(made);
  return made;
};
const migrations = (source: DataSource, tryFor?: number) =>
  new Migrations([{ store: new PostgresMigrationStore(source), folder }], new PostgresMigrationLock(source, tryFor));

beforeAll(async () => {
  url();
  admin = await connectPostgres({ url: server ?? '', poolSize: 1 });
  await admin.query(`CREATE DATABASE ${name}`);
});
afterAll(async () => {
  for (const each of pools) await each.destroy();
  await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await admin.destroy();
});

describe('migrations', () => {
  it('of several jobs at once are applied by one, and the others find nothing to do', async () => {
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => migrations(pool()).run()));
    expect(outcomes.filter((applied) => applied.length > 0)).toEqual([everything]);
  });

  it('wait for a job that holds the lock, and name it when that takes too long', async () => {
    await new PostgresMigrationLock(pool()).hold(async () => {
      await expect(migrations(pool(), 0).run()).rejects.toMatchObject({
        code: 'migration_locked',
        retryable: true,
        message: expect.stringMatching(/process \d+ for .* since \d{4}-/),
      });
    });
    expect(await migrations(pool(), 0).run()).toEqual([]);
  });

  it('go on when the job that held the lock was killed, or has failed', async () => {
    const holder = pool();
    const held = new PostgresMigrationLock(holder).hold(async () => {
      // What is left of a killed process is that its connections end.
      await admin.query(
        `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted
           AND database = (SELECT oid FROM pg_database WHERE datname = $1)`,
        [name],
      );
      expect(await migrations(pool(), 5_000).run()).toEqual([]);
      throw new Error('the holder has failed');
    });
    await expect(held).rejects.toThrow('the holder has failed');
    expect(await migrations(pool(), 0).run()).toEqual([]);
  });
});

describe('runs', () => {
  runRepositoryContract(() => new PostgresRunRepository(pools[0] ?? pool()));
});

describe('the overview', () => {
  runOverviewContract(() => {
    const source = pools[0] ?? pool();
    return { runs: new PostgresRunRepository(source), overview: new PostgresRunOverview(source) };
  });
});

describe('the log of replays', () => {
  replayLogContract(() => new PostgresReplayLog(pools[0] ?? pool()));
  replayCountContract(() => {
    const source = pools[0] ?? pool();
    return { log: new PostgresReplayLog(source), count: new PostgresReplayCount(source) };
  });
});

describe('workers', () => {
  workerDirectoryContract(() => {
    const source = pools[0] ?? pool();
    return {
      directory: new PostgresWorkerDirectory(source),
      silence: async (workerId, seconds) => {
        await source.query(
          `UPDATE workers SET last_seen = clock_timestamp() - make_interval(secs => $2) WHERE worker_id = $1`,
          [workerId, seconds],
        );
      },
    };
  });
});

describe('a pool', () => {
  it('connects when it is asked, as often as it takes, and not when it was closed', async () => {
    const away = postgresPool({ url: 'postgres://weir:x@127.0.0.1:1/weir', poolSize: 1 });
    const runs = new PostgresRunRepository(away);
    for (let time = 0; time < 2; time += 1) {
      await expect(runs.open()).rejects.toMatchObject({ code: 'dependency_unavailable', retryable: true });
    }
    await away.destroy();
    await expect(runs.open()).rejects.toMatchObject({ code: 'stopping' });
  });
});
