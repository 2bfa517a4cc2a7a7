import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ClickHouseMigrationStore, parquetLoader, pingClickHouse } from '@weir/adapter-clickhouse';
import { openDuckDbWorkspace } from '@weir/adapter-duckdb';
import { localRawStore } from '@weir/adapter-filesystem';
import { fetcher } from '@weir/adapter-http';
import { InProcessStream, MemoryDeadLetterQueue, MemoryReplayLog } from '@weir/adapter-memory';
import {
  connectPostgres,
  PostgresMigrationStore,
  PostgresRunRepository,
  TypeOrmApiKeyRepository,
  TypeOrmUserRepository,
} from '@weir/adapter-postgres';
import { kinds, PipelineCatalogue } from '@weir/catalogue';
import type { Config } from '@weir/config';
import { Migrations } from '@weir/migrations';
import { noDeadLetters } from '@weir/pipeline';
import {
  DeadLettersService,
  pipelineLookups,
  PipelinesService,
  ReplayAftermath,
  RunLauncher,
  RunsService,
  socketFolder,
  type HealthProbe,
} from '@weir/operations';
import { createActivities, InlineEngine, planOfRun, type Monitor } from '@weir/orchestration';
import { runScope } from '@weir/telemetry';
import { startClickHouse } from './engines/clickhouse.js';
import { startPostgres } from './engines/postgres.js';
import { inTurn } from './home/migration-lock.js';
import { RememberedRevisionStore, RememberingIncidenceRepository, SnapshotMemory } from './snapshot-memory.js';

/** Chunks between publisher and sink. */
const STREAM_CAPACITY = 4;
/** Milliseconds that a stop waits for runs to come to a safe place. */
const SETTLE_WITHIN = 5_000;

/** The adapters of the embedded system, bound to the ports. */
export type System = Awaited<ReturnType<typeof startSystem>>;

/** Opens the engines under the home folder, which this process must own, and binds everything to them. */
export async function startSystem(config: Config, monitor: Monitor, stopping: AbortSignal) {
  const { home, root } = config;
  const scratch = join(home, 'scratch');
  // What a killed process left there is of no use to anyone.
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { recursive: true });

  const [embeddedPostgres, clickhouse] = await Promise.all([
    startPostgres(join(home, 'postgres'), socketFolder(home)),
    startClickHouse(join(home, 'clickhouse')),
  ]);
  const postgres = await connectPostgres(embeddedPostgres.address);

  const catalogue = new PipelineCatalogue(config.pipelines, config.variable);
  const raw = localRawStore(join(home, 'raw'));
  const runs = new PostgresRunRepository(postgres);
  const snapshots = new SnapshotMemory();
  const store = new RememberedRevisionStore(clickhouse, snapshots);
  const activities = createActivities({
    planOf: planOfRun(raw, (pipeline) => catalogue.plan(pipeline)),
    adapters: {
      ...kinds,
      fetcher: fetcher(),
      openWorkspace: (signal) => openDuckDbWorkspace({ scratch, ...config.duckdb, stopping: signal }),
    },
    raw,
    runs,
    store,
    stream: new InProcessStream(parquetLoader(clickhouse), STREAM_CAPACITY),
    deadLetters: noDeadLetters,
    monitor: {
      ...monitor,
      progress(progress) {
        monitor.progress(progress);
        engine.progress(progress);
      },
    },
  });
  const engine: InlineEngine = new InlineEngine(activities, runs, config.engine, stopping, monitor, runScope);
  // The stream fails a run rather than refuse a record: nobody puts a letter into this queue.
  const noLetters = new MemoryDeadLetterQueue();

  return {
    catalogue,
    raw,
    runs,
    store,
    engine,
    launcher: new RunLauncher(catalogue, runs, engine, { before: () => engine.resume() }),
    users: new TypeOrmUserRepository(postgres),
    keys: new TypeOrmApiKeyRepository(postgres),
    incidence: new RememberingIncidenceRepository(clickhouse, snapshots),
    /** What the API and the command line ask of runs and pipelines. */
    services: {
      runs: new RunsService(runs, raw, engine),
      pipelines: new PipelinesService(catalogue, runs, pipelineLookups(kinds.sources, store)),
      deadLetters: new DeadLettersService(
        noLetters,
        new MemoryReplayLog(),
        new ReplayAftermath(noLetters, runs, store),
      ),
    },
    migrations: new Migrations(
      [
        { store: new PostgresMigrationStore(postgres), folder: join(root, 'postgres/migrations') },
        { store: new ClickHouseMigrationStore(clickhouse), folder: join(root, 'clickhouse/migrations') },
      ],
      inTurn(),
    ),
    probes: [
      { name: 'postgres', check: async () => void (await postgres.query('SELECT 1')) },
      { name: 'clickhouse', check: () => pingClickHouse(clickhouse) },
    ] satisfies HealthProbe[],

    /** Waits for what is under way to come to a safe place, then closes the engines. */
    async close(): Promise<void> {
      // A fetch that hangs is not waited for: the run is taken up by the next start in any case.
      await Promise.race([this.engine.settled(), wait(SETTLE_WITHIN, undefined, { ref: false })]);
      await postgres.destroy();
      await embeddedPostgres.close();
      await clickhouse.close();
    },
  };
}
