import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { ClickHouseSinkStore, connectClickHouse } from '@weir/adapter-clickhouse';
import { connectKafka, DEAD_LETTER_TOPIC, KafkaSinkTopics } from '@weir/adapter-kafka';
import { connectClient, connectorHost, readConnectors } from '@weir/adapter-kafka-connect';
import { PostgresReplayCount, PostgresRunOverview, postgresPool } from '@weir/adapter-postgres';
import type { ConfigOfStack } from '@weir/config';
import { RunStateWatch, serveKeeper, SinkKeeper } from '@weir/operations';
import { createLog, KeeperMetrics } from '@weir/telemetry';

/** Milliseconds between two looks. */
const every = 5_000;
/** Milliseconds until ClickHouse is given up at a look. */
const patience = 5_000;
/** Milliseconds for PostgreSQL: short, because a look goes on without it. */
const postgresPatience = { connect: 2_000, query: 2_000 };
/** Bytes: ClickHouse needs room to merge what it has, besides what arrives. */
const minFreeBytes = 1024 ** 3;

/** Looks after the sink until it is asked to stop. */
export async function keep(config: ConfigOfStack, version: string, stopping: AbortSignal): Promise<void> {
  const { stack } = config;
  const log = createLog(config.log);
  const declared = await readConnectors(join(config.root, 'kafka-connect/connectors'));
  const { url, user, password, database } = stack.clickhouse;
  const clickHouse = connectClickHouse({
    url,
    username: user,
    password,
    database,
    request_timeout: patience,
    max_open_connections: 2,
  });
  const postgres = postgresPool({ url: stack.databaseUrl, poolSize: 2 }, postgresPatience);
  const kafka = connectKafka({ ...stack.kafka, clientId: 'weir-keeper' });
  const topics = new KafkaSinkTopics(kafka, {
    readers: declared.map(({ name, config: { topics = '' } }) => ({ topic: topics, connector: name })),
    deadLetters: DEAD_LETTER_TOPIC,
  });
  const keeper = new SinkKeeper(
    {
      connectors: connectorHost(connectClient(stack.connectUrl)),
      store: new ClickHouseSinkStore(clickHouse),
      topics,
      replays: new PostgresReplayCount(postgres),
    },
    { declared, minFreeBytes, tell: log },
  );
  const runs = new RunStateWatch(new PostgresRunOverview(postgres), log);
  const metrics = new KeeperMetrics({ version, ofProcess: true });
  const server = await serveKeeper(
    { report: () => keeper.report, metrics: () => metrics.page() },
    { host: config.api.host, port: stack.keeper.port },
  );
  log({
    level: 'info',
    event: 'keeper_started',
    message: `keeper ${version}: looks after the sink`,
    port: server.port,
  });

  const stopped = new Promise<void>((resolve) => stopping.addEventListener('abort', () => resolve(), { once: true }));
  while (!stopping.aborted) {
    const looked = Promise.all([
      keeper.look().then((report) => metrics.sink.set(report, keeper.restarts)),
      runs.look().then((states) => metrics.runs.set(states)),
    ]);
    // A stop does not wait for a look: nothing that it does can be half done.
    await Promise.race([looked, stopped]);
    await after(every, undefined, { signal: stopping }).catch(() => undefined);
  }

  log({ level: 'info', event: 'keeper_stopped' });
  await server.close();
  await Promise.allSettled([clickHouse.close(), postgres.isInitialized ? postgres.destroy() : null]);
}
