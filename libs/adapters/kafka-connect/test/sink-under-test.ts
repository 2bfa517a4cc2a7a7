import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { connectClickHouse, type ClickHouseClient } from '@weir/adapter-clickhouse';
import { ensureTopics } from '@weir/adapter-kafka';
import { eventually } from '@weir/testing';
import kafkajs, { type IHeaders, type Kafka } from 'kafkajs';
import {
  connectClient,
  connectorCondition,
  readConnectors,
  type ConnectClient,
  type ConnectorConfig,
} from '../src/index.js';

const root = join(import.meta.dirname, '../../../..');

/** A part of the running stack. */
export function address(name: 'WEIR_TEST_CONNECT' | 'WEIR_TEST_KAFKA' | 'WEIR_TEST_CLICKHOUSE'): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: this spec needs the running stack`);
  return value;
}

export interface PublishedRecord {
  readonly key: string;
  readonly value: string;
}

export interface Letter extends PublishedRecord {
  /** Several of one name where a record was refused more than once, the last refusal last. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
}

/**
 * The two connectors as they are declared, over topics and a table of their own, beside those of the stack: nothing of
 * what a spec does to them can be seen by others.
 */
export interface SinkUnderTest {
  readonly connect: ConnectClient;
  readonly clickHouse: ClickHouseClient;
  readonly table: string;
  readonly connectors: { readonly sink: string; readonly retry: string };
  publish(records: readonly PublishedRecord[]): Promise<void>;
  /** Different rows in the table, and all of them. */
  rows(): Promise<{ readonly different: number; readonly all: number }>;
  letters(): Promise<readonly Letter[]>;
  /** What was sent to be tried alone, ever. */
  retried(): Promise<number>;
  close(): Promise<void>;
}

export async function sinkUnderTest(
  change: (config: ConnectorConfig) => ConnectorConfig = (config) => config,
): Promise<SinkUnderTest> {
  const id = `spec-${randomUUID().slice(0, 8)}`;
  const [topic, retryTopic, deadLetters] = [`${id}.records`, `${id}.retry`, `${id}.dlq`];
  const table = `${id.replaceAll('-', '_')}_revisions`;
  const connect = connectClient(address('WEIR_TEST_CONNECT'), { timeoutMs: 20_000 });
  const url = new URL(address('WEIR_TEST_CLICKHOUSE'));
  const clickHouse = connectClickHouse({ url });
  const kafka = new kafkajs.Kafka({
    brokers: address('WEIR_TEST_KAFKA').split(','),
    logLevel: kafkajs.logLevel.NOTHING,
  });
  const admin = kafka.admin();
  const producer = kafka.producer();
  await Promise.all([admin.connect(), producer.connect()]);
  await ensureTopics(
    kafka,
    [topic, retryTopic, deadLetters].map((name) => {
      return { topic: name, partitions: name === topic ? 2 : 1, replication: 1, config: {} };
    }),
  );
  await clickHouse.command({ query: `CREATE TABLE ${table} AS incidence_revisions` });

  const declared = new Map(
    (await readConnectors(join(root, 'kafka-connect/connectors'))).map(({ name, config }) => [name, config]),
  );
  const register = async (of: string, reads: string, refuses: string) => {
    await connect.configure(`${id}-${of}`, {
      ...change(declared.get(of) ?? {}),
      topics: reads,
      topic2TableMap: `${reads}=${table}`,
      'errors.deadletterqueue.topic.name': refuses,
    });
    return `${id}-${of}`;
  };
  const sink = await register('incidence-sink', topic, retryTopic);
  const retry = await register('incidence-retry-sink', retryTopic, deadLetters);
  await eventually('both connectors run', 60, async () => {
    const ours = (await connect.connectors()).filter(({ name }) => name === sink || name === retry);
    return ours.length === 2 && ours.every(({ status }) => connectorCondition(status).running);
  });

  const countOf = async (name: string) =>
    (await admin.fetchTopicOffsets(name)).reduce((sum, { high }) => sum + Number(high), 0);
  return {
    connect,
    clickHouse,
    table,
    connectors: { sink, retry },
    publish: async (records) => {
      await producer.send({ topic, messages: [...records], acks: -1 });
    },
    async rows() {
      const query = `SELECT uniqExact(dataset, region, date, revision) AS different, count() AS all FROM ${table}`;
      const answer = await clickHouse.query({ query, format: 'JSONEachRow' });
      const [row] = await answer.json<{ different: string; all: string }>();
      return { different: Number(row?.different), all: Number(row?.all) };
    },
    letters: async () => readAll(kafka, deadLetters, await countOf(deadLetters)),
    retried: () => countOf(retryTopic),
    async close() {
      await Promise.all([connect.remove(sink), connect.remove(retry)]);
      await clickHouse.command({ query: `DROP TABLE IF EXISTS ${table}` });
      await clickHouse.close();
      await producer.disconnect();
      await admin.deleteTopics({ topics: [topic, retryTopic, deadLetters] });
      await admin.disconnect();
    },
  };
}

async function readAll(kafka: Kafka, topic: string, count: number): Promise<Letter[]> {
  const letters: Letter[] = [];
  if (count === 0) return letters;
  const consumer = kafka.consumer({ groupId: `${topic}-${randomUUID()}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    consumer.on('consumer.crash', ({ payload: { error } }) => reject(error));
    void consumer.run({
      eachMessage: async ({ message: { key, value, headers } }) => {
        letters.push({ key: String(key), value: String(value), headers: texts(headers ?? {}) });
        if (letters.length === count) resolve();
      },
    });
  });
  await consumer.disconnect();
  return letters;
}

function texts(headers: IHeaders): Letter['headers'] {
  return new Map(Object.entries(headers).map(([name, value]) => [name, [value].flat().map(String)]));
}

/** Records of one region and revision each, as runs publish them. */
export function records(count: number, revision = 1): PublishedRecord[] {
  return Array.from({ length: count }, (_, number) => {
    const region = `XA-${String(number % 50).padStart(2, '0')}`;
    const date = new Date(Date.UTC(2020, 0, 1) + Math.floor(number / 50) * 86_400_000).toISOString().slice(0, 10);
    return record({ region, date, revision, new_cases: number / 7 });
  });
}

export function record(fields: { readonly region: string; readonly [field: string]: unknown }): PublishedRecord {
  const value = {
    dataset: 'spec',
    region_name: 'A region',
    date: '2023-05-16',
    new_cases: 1,
    new_deaths: null,
    new_recovered: null,
    new_hospitalized: 3,
    basis: 'spread',
    filled: ['new_deaths'],
    source: 'spec.csv',
    run_id: '0198f6f0-5a3e-7c11-9a55-0c3f7e1d2b4a',
    revision: 1,
    withdrawn: false,
    ...fields,
  };
  return { key: fields.region, value: JSON.stringify(value) };
}
