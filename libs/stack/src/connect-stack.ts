import { join } from 'node:path';
import {
  ClickHouseIncidenceRepository,
  ClickHouseMigrationStore,
  ClickHouseRevisionStore,
  connectClickHouse,
  pingClickHouse,
} from '@weir/adapter-clickhouse';
import { localRawStore } from '@weir/adapter-filesystem';
import {
  connectKafka,
  declaredTopics,
  DEAD_LETTER_TOPIC,
  ensureTopics,
  INCIDENCE_TOPIC,
  KafkaDeadLetterQueue,
  pingKafka,
} from '@weir/adapter-kafka';
import {
  PostgresMigrationLock,
  PostgresMigrationStore,
  postgresPool,
  PostgresReplayLog,
  PostgresRunRepository,
  PostgresWorkerDirectory,
  TypeOrmApiKeyRepository,
  TypeOrmUserRepository,
  withPostgres,
} from '@weir/adapter-postgres';
import { executionOf, TemporalEngine } from '@weir/adapter-temporal';
import { kinds, PipelineCatalogue } from '@weir/catalogue';
import type { ConfigOfStack } from '@weir/config';
import { Migrations } from '@weir/migrations';
import {
  DeadLettersService,
  pipelineLookups,
  PipelinesService,
  ReplayAftermath,
  RunLauncher,
  RunsService,
  type HealthProbe,
} from '@weir/operations';
import type { Log } from '@weir/telemetry';
import { sinkProbe } from './sink-probe.js';

export interface StackSettings {
  /** How this program is called in Kafka's logs. */
  readonly clientId: string;
  /** Connections to PostgreSQL, at most; one of them may be a lock. */
  readonly poolSize: number;
  readonly log: Log;
}

/** The adapters of the stack, bound to the ports. */
export type Stack = ReturnType<typeof connectStack>;

/**
 * Binds everything that the programs of the stack share. Nothing is connected before it is used, and nobody is asked here:
 * a program works as long as what it uses is there.
 */
export function connectStack(config: ConfigOfStack, settings: StackSettings) {
  const { home, root, stack } = config;
  const { log } = settings;
  const postgres = postgresPool({ url: stack.databaseUrl, poolSize: settings.poolSize });
  const { url, user, password, database } = stack.clickhouse;
  // Nothing is compressed on the way: it is a short one, and the processors have enough to do.
  const clickhouse = connectClickHouse({
    url,
    username: user,
    password,
    database,
  });
  const kafka = connectKafka({
    ...stack.kafka,
    clientId: settings.clientId,
    // What fails is thrown, and told by whoever asked; these lines tell how it came to it.
    log: (level, message, details) =>
      log({ level: 'debug', event: 'kafka_client', message: `Kafka: ${message}`, severity: level, ...details }),
  });
  const engine = new TemporalEngine(stack.temporal);

  const catalogue = new PipelineCatalogue(config.pipelines, config.variable);
  const raw = localRawStore(join(home, 'raw'));
  const runs = new PostgresRunRepository(postgres);
  const store = new ClickHouseRevisionStore(clickhouse);
  const replays = new PostgresReplayLog(postgres);
  const deadLetters = new KafkaDeadLetterQueue({
    kafka,
    topic: DEAD_LETTER_TOPIC,
    replayTo: INCIDENCE_TOPIC,
    replayed: (ids) => replays.replayed(ids),
  });

  return {
    postgres,
    clickhouse,
    kafka,
    engine,
    catalogue,
    raw,
    runs,
    store,
    deadLetters,
    launcher: new RunLauncher(catalogue, runs, engine, { execution: executionOf }),
    workers: new PostgresWorkerDirectory(postgres),
    users: new TypeOrmUserRepository(postgres),
    keys: new TypeOrmApiKeyRepository(postgres),
    incidence: new ClickHouseIncidenceRepository(clickhouse),
    /** What the API and the command line ask of runs, pipelines and dead letters. */
    services: {
      runs: new RunsService(runs, raw, engine),
      pipelines: new PipelinesService(catalogue, runs, pipelineLookups(kinds.sources, store)),
      deadLetters: new DeadLettersService(deadLetters, replays, new ReplayAftermath(deadLetters, runs, store)),
    },
    migrations: new Migrations(
      [
        { store: new PostgresMigrationStore(postgres), folder: join(root, 'postgres/migrations') },
        { store: new ClickHouseMigrationStore(clickhouse), folder: join(root, 'clickhouse/migrations') },
      ],
      new PostgresMigrationLock(postgres),
    ),
    /** Makes Kafka's topics what they are declared to be. @returns what it did, in words. */
    ensureTopics: () => ensureTopics(kafka, declaredTopics(stack.kafka)),
    probes: {
      postgres: {
        name: 'postgres',
        check: () => withPostgres(postgres, async () => void (await postgres.query('SELECT 1'))),
      },
      clickhouse: { name: 'clickhouse', check: () => pingClickHouse(clickhouse) },
      kafka: { name: 'kafka', check: async () => void (await pingKafka(kafka, 2_500)) },
      temporal: { name: 'temporal', check: () => engine.ping() },
      sink: sinkProbe(stack.keeper.url),
    } satisfies { readonly [name: string]: HealthProbe },

    /** Lets go of every connection. What is still asked fails. */
    async close(): Promise<void> {
      const closed = await Promise.allSettled([
        postgres.destroy(),
        clickhouse.close(),
        engine.close(),
        deadLetters.close(),
      ]);
      for (const outcome of closed) {
        if (outcome.status === 'fulfilled') continue;
        log({
          level: 'warn',
          event: 'close_failed',
          message: String(outcome.reason),
          error: outcome.reason as unknown,
        });
      }
    },
  };
}
