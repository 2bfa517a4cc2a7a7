import { readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import {
  connectPostgres,
  PostgresReplayCount,
  PostgresReplayLog,
  PostgresRunOverview,
  PostgresRunRepository,
  PostgresWorkerDirectory,
} from '@weir/adapter-postgres';
import {
  replayCountContract,
  replayLogContract,
  runOverviewContract,
  runRepositoryContract,
  workerDirectoryContract,
} from '@weir/testing';
import type { DataSource } from 'typeorm';

/** Real: PGlite behind its socket server, pg, TypeORM's pool, the migrations. */
const migrations = ['0002_runs', '0003_runs_by_number', '0004_stack'].map(
  (name) => new URL(`../../../postgres/migrations/${name}.sql`, import.meta.url),
);

describe('runs in PostgreSQL (PGlite)', () => {
  let database: PGlite;
  let server: PGLiteSocketServer;
  let source: DataSource;

  beforeAll(async () => {
    database = await PGlite.create();
    for (const migration of migrations) await database.exec(await readFile(migration, 'utf8'));
    server = new PGLiteSocketServer({ db: database, host: '127.0.0.1', port: 0, maxConnections: 20 });
    await server.start();
    const port = Number(server.getServerConn().split(':').at(-1));
    const address = { host: '127.0.0.1', port, user: 'postgres', password: 'postgres', database: 'postgres' };
    source = await connectPostgres({ ...address, poolSize: 1 });
  });

  afterAll(async () => {
    await source.destroy();
    await server.stop();
    await database.close();
  });

  runRepositoryContract(() => new PostgresRunRepository(source));

  describe('the overview', () => {
    runOverviewContract(() => ({ runs: new PostgresRunRepository(source), overview: new PostgresRunOverview(source) }));
  });

  describe('the log of replays', () => {
    replayLogContract(() => new PostgresReplayLog(source));
    replayCountContract(() => ({ log: new PostgresReplayLog(source), count: new PostgresReplayCount(source) }));
  });

  describe('workers', () => {
    workerDirectoryContract(() => ({
      directory: new PostgresWorkerDirectory(source),
      silence: async (workerId, seconds) => {
        await source.query(
          `UPDATE workers SET last_seen = clock_timestamp() - make_interval(secs => $2) WHERE worker_id = $1`,
          [workerId, seconds],
        );
      },
    }));
  });
});
