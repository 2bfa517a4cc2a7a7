import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsonRecords, openDuckDbWorkspace, type JsonRecords } from '@weir/adapter-duckdb';
import type { RecordChunk, Workspace } from '@weir/pipeline';
import { eventually, writeChunk, type PublishedRow } from '@weir/testing';
import { Partitioners } from 'kafkajs';
import { connectKafka, KafkaRecordStream, type Kafka, type KafkaRecordStreamSettings } from '../src/index.js';
import { withAdmin } from '../src/client/admin.js';
import { brokerAddress, freshTopic, messagesOf, Network } from './broker.js';

const REGIONS = ['DEU', 'FRA', 'ITA', 'ESP', 'POL', 'NLD', 'BEL'];
const BATCH_ROWS = 50;

let scratch: string;
let workspace: Workspace;
let reader: JsonRecords;
let kafka: Kafka;
beforeAll(async () => {
  kafka = connectKafka({ brokers: [brokerAddress()], clientId: 'spec' });
  scratch = await mkdtemp(join(tmpdir(), 'weir-kafka-'));
  const duckdb = { scratch, memoryLimit: '200MB', threads: 1 };
  workspace = await openDuckDbWorkspace(duckdb);
  const schema = {
    series: ['region'],
    labels: ['region_name'],
    time: 'date',
    metrics: ['new_cases', 'new_deaths', 'new_recovered', 'new_hospitalized'],
  };
  reader = jsonRecords({ ...duckdb, schema, batchRows: BATCH_ROWS });
});
afterAll(async () => {
  await reader?.close();
  await workspace?.close();
  if (scratch) await rm(scratch, { recursive: true });
});

const streams: KafkaRecordStream[] = [];
afterEach(async () => {
  for (const stream of streams.splice(0)) await stream.close();
});
function streamTo(topic: string, settings: Partial<KafkaRecordStreamSettings> = {}): KafkaRecordStream {
  const stream = new KafkaRecordStream({ kafka, topic, reader, chunkRows: BATCH_ROWS, ...settings });
  streams.push(stream);
  return stream;
}

/** A file of changes with so many rows, and its chunks as load_data would cut them. */
async function changes(rows: number, run: Partial<RecordChunk> = {}, sizeOfSource = 10): Promise<RecordChunk[]> {
  const all = Array.from({ length: rows }, (_, n): PublishedRow => ({
    region: REGIONS[Math.floor((n * REGIONS.length) / rows)] ?? '',
    region_name: 'Somewhere',
    date: new Date(Date.UTC(2020, 0, 1 + n)).toISOString().slice(0, 10),
    new_cases: n + 0.5,
    new_deaths: null,
    new_recovered: null,
    new_hospitalized: null,
    basis: 'reported',
    filled: [],
    source: 's'.repeat(sizeOfSource),
    withdrawn: false,
  }));
  const whole = await writeChunk(workspace, all, { dataset: 'covid', run_id: 'run-1', revision: 7, ...run });
  return Array.from({ length: Math.ceil(rows / BATCH_ROWS) }, (_, n) => ({
    ...whole,
    from: n * BATCH_ROWS,
    to: Math.min(rows, (n + 1) * BATCH_ROWS),
  }));
}

async function publishAll(stream: KafkaRecordStream, chunks: readonly RecordChunk[]): Promise<void> {
  for (const chunk of chunks) await stream.publish(chunk);
  await stream.flush(chunks[0]?.run_id ?? '');
}

/** Rows of a topic by their figure, which is another for each: in the order of the topic. */
async function rowsIn(topic: string): Promise<number[]> {
  const messages = await messagesOf(kafka, topic);
  return messages.map(({ value }) => (JSON.parse(value?.toString() ?? '') as PublishedRow).new_cases ?? NaN);
}
const ascending = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);
const rowsOf = (rows: number) => Array.from({ length: rows }, (_, n) => n + 0.5);

describe('records', () => {
  it('arrive once each, as the JSON of the contract under the key of their series', async () => {
    const topic = await freshTopic(kafka);
    await publishAll(streamTo(topic), await changes(173));
    const messages = await messagesOf(kafka, topic);
    expect(ascending(await rowsIn(topic))).toEqual(rowsOf(173));
    for (const { key, value, headers } of messages) {
      const record = JSON.parse(value?.toString() ?? '') as PublishedRow;
      expect(key?.toString()).toBe(record.region);
      expect(headers).toEqual({});
    }
    expect(messages[0]?.value?.toString()).toMatch(
      /^\{"dataset":"covid","region":".*"revision":7,"withdrawn":false\}$/,
    );
  });

  it('of a series are in one partition, that of the usual partitioner, in their order', async () => {
    const topic = await freshTopic(kafka, 6);
    await publishAll(streamTo(topic), await changes(210));
    const partitioner = Partitioners.DefaultPartitioner();
    const partitionMetadata = [0, 1, 2, 3, 4, 5].map((partitionId) => ({ partitionId, leader: 1 })) as never;
    const seen = new Map<string, number[]>();
    for (const { key, value, partition } of await messagesOf(kafka, topic)) {
      expect(partition).toBe(partitioner({ topic, partitionMetadata, message: { key, value } }));
      const { region, new_cases } = JSON.parse(value?.toString() ?? '') as PublishedRow;
      seen.set(region, [...(seen.get(region) ?? []), new_cases ?? NaN]);
    }
    expect([...seen.keys()].sort()).toEqual([...REGIONS].sort());
    for (const figures of seen.values()) expect(figures).toEqual(ascending(figures));
  });

  it('are compressed: a topic whose limit they would pass tenfold takes them in one batch', async () => {
    const topic = await freshTopic(kafka, 1, { 'max.message.bytes': '8000' });
    await publishAll(streamTo(topic), await changes(50, {}, 2000));
    const messages = await messagesOf(kafka, topic);
    expect(messages.reduce((sum, { value }) => sum + (value?.length ?? 0), 0)).toBeGreaterThan(80_000);
  });

  it('sent again are the same bytes', async () => {
    const topic = await freshTopic(kafka, 1);
    const chunks = await changes(60);
    await publishAll(streamTo(topic), chunks);
    await publishAll(streamTo(topic), chunks);
    const values = (await messagesOf(kafka, topic)).map(({ value }) => value?.toString());
    expect(values.slice(60)).toEqual(values.slice(0, 60));
  });

  it('go to partitions that were added, once the client has heard of them', async () => {
    const topic = await freshTopic(kafka, 1);
    const chunks = await changes(70);
    await publishAll(streamTo(topic), chunks);
    await withAdmin(kafka, (admin) => admin.createPartitions({ topicPartitions: [{ topic, count: 4 }] }));
    await publishAll(streamTo(topic), chunks);
    expect(ascending(await rowsIn(topic))).toEqual(ascending([...rowsOf(70), ...rowsOf(70)]));
    expect(new Set((await messagesOf(kafka, topic)).map(({ partition }) => partition)).size).toBeGreaterThan(1);
  });
});

describe('sizes', () => {
  it('are cut to what may be sent at a time', async () => {
    const topic = await freshTopic(kafka);
    await publishAll(streamTo(topic, { maxBytes: 700 }), await changes(60));
    expect(ascending(await rowsIn(topic))).toEqual(rowsOf(60));
  });

  it('that the broker refuses are halved until it takes them', async () => {
    const topic = await freshTopic(kafka, 1, { 'max.message.bytes': '900' });
    await publishAll(streamTo(topic), await changes(60));
    expect(ascending(await rowsIn(topic))).toEqual(rowsOf(60));
  });

  it('of a single record that the broker refuses are told to its run, as final', async () => {
    const topic = await freshTopic(kafka, 1, { 'max.message.bytes': '300' });
    const stream = streamTo(topic);
    await stream.publish((await changes(1, {}, 20))[0] as RecordChunk);
    await expect(stream.flush('run-1')).resolves.toBeUndefined();
    const [large] = await changes(1, {}, 0);
    const noise = Array.from({ length: 400 }, (_, n) => String.fromCharCode(33 + ((n * n * 7919) % 89))).join('');
    const file = join(workspace.directory, 'large.parquet');
    await workspace.run(
      `COPY (SELECT * REPLACE (${`'${noise.replaceAll("'", "''")}'`} AS source) FROM '${large?.file}') TO '${file}' (FORMAT parquet)`,
    );
    await stream.publish({ ...(large as RecordChunk), file });
    await expect(stream.flush('run-1')).rejects.toMatchObject({ code: 'record_too_large', retryable: false });
    await stream.flush('run-1');
  });
});

describe('the queue', () => {
  it('is bounded: two batches are read, and four chunks taken, while nothing is acknowledged', async () => {
    const topic = await freshTopic(kafka);
    const network = new Network();
    let read = 0;
    const counting = {
      async *read(chunk: RecordChunk) {
        for await (const batch of reader.read(chunk)) {
          read += 1;
          yield batch;
        }
      },
    };
    const stream = streamTo(topic, { kafka: network.client(), reader: counting });
    const chunks = await changes(400);
    await stream.publish(chunks[0] as RecordChunk);
    await stream.flush('run-1');
    network.loseAnswers();
    for (const chunk of chunks.slice(1, 5)) await stream.publish(chunk);
    let taken = false;
    const fifth = stream.publish(chunks[5] as RecordChunk).then(() => (taken = true));
    // The one that is on its way, and the one after it; then nothing, however often the broker is asked meanwhile.
    while (read < 3) await withAdmin(kafka, (admin) => admin.fetchTopicOffsets(topic));
    for (let n = 0; n < 3; n += 1) await withAdmin(kafka, (admin) => admin.fetchTopicOffsets(topic));
    expect({ read, taken }).toEqual({ read: 3, taken: false });
    network.mend();
    network.disconnect();
    await fifth;
    await stream.flush('run-1');
    expect(ascending(await rowsIn(topic))).toEqual(rowsOf(300));
  });

  it('keeps runs apart: one whose file is gone is told, once; another goes on', async () => {
    const topic = await freshTopic(kafka);
    const stream = streamTo(topic);
    const [gone] = await changes(10, { run_id: 'run-2' });
    const good = await changes(100);
    await stream.publish(good[0] as RecordChunk);
    await stream.publish({ ...(gone as RecordChunk), file: join(scratch, 'gone.parquet') });
    await stream.publish(good[1] as RecordChunk);
    await expect(stream.flush('run-2')).rejects.toMatchObject({ code: 'query_failed' });
    await stream.flush('run-1');
    await stream.flush('run-2');
    expect(ascending(await rowsIn(topic))).toEqual(rowsOf(100));
  });

  it('is flushed at once where nothing was published', async () => {
    await streamTo('no-such-topic').flush('run-1');
  });

  it('lets nobody wait once the process stops', async () => {
    const topic = await freshTopic(kafka);
    const network = new Network();
    const stopping = new AbortController();
    const stream = streamTo(topic, { kafka: network.client(), stopping: stopping.signal });
    const chunks = await changes(400);
    await stream.publish(chunks[0] as RecordChunk);
    await stream.flush('run-1');
    network.loseAnswers();
    for (const chunk of chunks.slice(1, 5)) await stream.publish(chunk);
    const waiting = [stream.publish(chunks[5] as RecordChunk), stream.flush('run-1')];
    const began = Date.now();
    stopping.abort();
    for (const one of await Promise.allSettled(waiting)) {
      expect(one).toMatchObject({ status: 'rejected', reason: { code: 'stopping', retryable: true } });
    }
    await stream.close();
    expect(Date.now() - began).toBeLessThan(8_000);
    network.mend();
    network.disconnect();
  });
});

describe('a broker', () => {
  it('that is away fails the run within its deadline, as an outage; and works when it is back', async () => {
    const topic = await freshTopic(kafka);
    const network = new Network();
    const stream = streamTo(topic, { kafka: network.client(), deadlineMs: 5_000 });
    const chunks = await changes(150);
    await stream.publish(chunks[0] as RecordChunk);
    await stream.flush('run-1');
    network.cut();
    const began = Date.now();
    await stream.publish(chunks[1] as RecordChunk);
    await expect(stream.flush('run-1')).rejects.toMatchObject({
      code: 'dependency_unavailable',
      retryable: true,
      details: { dependency: 'kafka' },
    });
    expect(Date.now() - began).toBeLessThan(12_000);
    network.mend();
    await publishAll(stream, chunks.slice(1));
    expect(ascending([...new Set(await rowsIn(topic))])).toEqual(rowsOf(150));
  });

  it('that cannot be reached from the beginning fails the run in the same way', async () => {
    const network = new Network();
    network.cut();
    const stream = streamTo('any', { kafka: network.client(), deadlineMs: 2_000 });
    await stream.publish((await changes(10))[0] as RecordChunk);
    await expect(stream.flush('run-1')).rejects.toMatchObject({ code: 'dependency_unavailable', retryable: true });
    network.mend();
  });

  it('whose connection breaks for a moment is asked again: every row is there once', async () => {
    const topic = await freshTopic(kafka);
    const network = new Network();
    const stream = streamTo(topic, { kafka: network.client() });
    const chunks = await changes(300);
    for (const chunk of chunks) {
      await stream.publish(chunk);
      network.disconnect();
    }
    await stream.flush('run-1');
    expect(ascending(await rowsIn(topic))).toEqual(rowsOf(300));
  });

  it('whose answer is lost is asked again: every row is there once', async () => {
    const topic = await freshTopic(kafka);
    const network = new Network();
    const stream = streamTo(topic, { kafka: network.client() });
    const chunks = await changes(150);
    await publishAll(stream, chunks.slice(0, 1));
    network.loseAnswers();
    const second = stream.publish(chunks[1] as RecordChunk).then(() => stream.flush('run-1'));
    await arrived(topic, 100);
    network.mend();
    network.disconnect();
    await second;
    await publishAll(stream, chunks.slice(2));
    expect(ascending(await rowsIn(topic))).toEqual(rowsOf(150));
  });

  it('whose answer is lost for good costs no row of the next chunk, though it has as many', async () => {
    const topic = await freshTopic(kafka, 1);
    const network = new Network();
    const stream = streamTo(topic, { kafka: network.client(), deadlineMs: 5_000 });
    const chunks = await changes(150);
    await publishAll(stream, chunks.slice(0, 1));
    network.loseAnswers();
    await stream.publish(chunks[1] as RecordChunk);
    await expect(stream.flush('run-1')).rejects.toMatchObject({ code: 'dependency_unavailable' });
    await arrived(topic, 100);
    network.mend();
    await publishAll(stream, chunks.slice(2));
    expect(ascending([...new Set(await rowsIn(topic))])).toEqual(rowsOf(150));
  });

  it('that comes back late is not sent what was given up', async () => {
    const topic = await freshTopic(kafka, 1);
    const network = new Network();
    const stream = streamTo(topic, { kafka: network.client(), deadlineMs: 5_000 });
    const chunks = await changes(150);
    await publishAll(stream, chunks.slice(0, 1));
    network.cut();
    await stream.publish(chunks[1] as RecordChunk);
    await expect(stream.flush('run-1')).rejects.toMatchObject({ code: 'dependency_unavailable' });
    network.mend();
    await publishAll(stream, chunks.slice(2));
    await network.quiet();
    expect(ascending(await rowsIn(topic))).toEqual(rowsOf(150).filter((figure) => figure < 50 || figure > 100));
  });
});

it('says what to do where its topic is missing', async () => {
  const stream = streamTo('spec-no-such-topic', { deadlineMs: 40_000 });
  await stream.publish((await changes(10))[0] as RecordChunk);
  await expect(stream.flush('run-1')).rejects.toMatchObject({
    code: 'dependency_unavailable',
    retryable: true,
    message: expect.stringContaining('weir migrate run'),
  });
});

/** Waits until so many messages are in a topic. */
async function arrived(topic: string, count: number): Promise<void> {
  await eventually(`topic ${topic} has ${count} messages`, 20, async () => {
    const offsets = await withAdmin(kafka, (admin) => admin.fetchTopicOffsets(topic));
    return offsets.reduce((sum, { high }) => sum + Number(high), 0) >= count;
  });
}
