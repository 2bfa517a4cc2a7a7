/**
 * How many rows a second go from a run's changes (a Parquet file) into the topic, and how much of a core a row takes:
 * `node bench/stream/producer.mjs`; `--json` for programs, `--rows 500000`, `--batches 5000,10000,20000`. It needs a Kafka
 * broker, whose address is in WEIR_TEST_KAFKA (host:port); it makes topics of its own and removes them.
 *
 * Reading alone is DuckDB writing the JSON; sending is the stream of the stack, flushed every four chunks as `load_data`
 * does. Beside them, in the same run, the same rows as kafkajs takes them: one message each.
 *
 * Built first (`npm run build`). For a profile: `node --cpu-prof bench/stream/producer.mjs --only send`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { jsonRecords, openDuckDbWorkspace } from '@weir/adapter-duckdb';
import { connectKafka, KafkaRecordStream } from '@weir/adapter-kafka';
import kafkajs from 'kafkajs';

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '500000' },
    batches: { type: 'string', default: '5000,10000,20000,50000' },
    only: { type: 'string' },
    json: { type: 'boolean' },
  },
});
const rows = Number(options.rows);
const batches = options.batches.split(',').map(Number);
const brokers = [process.env.WEIR_TEST_KAFKA ?? ''];
if (brokers[0] === '') throw new Error('WEIR_TEST_KAFKA is not set: this bench needs a Kafka broker');

const run = { dataset: 'covid', run_id: '0192f0c1-7e9a-7aaa-8bbb-cccccccccccc', revision: 1042 };
const schema = {
  series: ['region'],
  labels: ['region_name'],
  time: 'date',
  metrics: ['new_cases', 'new_deaths', 'new_recovered', 'new_hospitalized'],
};
const days = 1430;
const scratch = await mkdtemp(join(tmpdir(), 'weir-bench-'));
const duckdb = { scratch, memoryLimit: '400MB', threads: 1 };
const file = join(scratch, 'changes.parquet');
const kafka = connectKafka({ brokers, clientId: 'bench' });
const admin = kafka.admin();

/** Made-up changes as compare_with_stored leaves them: by region and day, some figures missing, some fractions of a week. */
async function makeChanges() {
  const workspace = await openDuckDbWorkspace(duckdb);
  await workspace.run(`COPY (
    SELECT n AS ordinal, 'R' || lpad((n // ${days})::VARCHAR, 3, '0') AS region, 'Region ' || (n // ${days}) AS region_name,
      DATE '2020-01-22' + (n % ${days})::INTEGER AS date, (hash(n) % 10000)::DOUBLE AS new_cases,
      CASE WHEN hash(n + 1) % 10 < 7 THEN (hash(n + 2) % 700)::DOUBLE / 7 END AS new_deaths,
      CASE WHEN hash(n + 3) % 10 < 3 THEN (hash(n + 4) % 100)::DOUBLE END AS new_recovered,
      NULL::DOUBLE AS new_hospitalized, CASE WHEN n % ${days} > 1200 THEN 'spread' ELSE 'reported' END AS basis,
      CASE WHEN hash(n + 5) % 10 < 3 THEN ['new_deaths'] ELSE []::VARCHAR[] END AS filled,
      'history-' || (n // ${days} % 4) || '.csv' AS source, false AS withdrawn
    FROM range(${rows}) t(n) ORDER BY n) TO '${file}' (FORMAT parquet)`);
  await workspace.close();
}

/** Seconds, and microseconds of processor time for each row, all threads of this process together. */
async function measured(work) {
  const [began, used] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(used);
  const seconds = (performance.now() - began) / 1000;
  return { rows_per_second: Math.round(rows / seconds), microseconds_per_row: (user + system) / rows };
}

async function withTopic(work) {
  const topic = `bench.producer.${process.pid}`;
  await admin.createTopics({ topics: [{ topic, numPartitions: 6 }] });
  try {
    return await work(topic);
  } finally {
    await admin.deleteTopics({ topics: [topic] });
  }
}

function* chunks(chunkRows) {
  for (let from = 0; from < rows; from += chunkRows) yield { file, from, to: Math.min(rows, from + chunkRows), ...run };
}

const stages = {
  async read(batchRows) {
    const reader = jsonRecords({ ...duckdb, schema, batchRows });
    const result = await measured(async () => {
      for (const chunk of chunks(batchRows)) for await (const batch of reader.read(chunk)) void batch;
    });
    await reader.close();
    return result;
  },

  send: (batchRows) =>
    withTopic(async (topic) => {
      const reader = jsonRecords({ ...duckdb, schema, batchRows });
      const stream = new KafkaRecordStream({ kafka, topic, reader, chunkRows: batchRows });
      const result = await measured(async () => {
        let published = 0;
        for (const chunk of chunks(batchRows)) {
          await stream.publish(chunk);
          published += 1;
          if (published % stream.pace.chunks === 0) await stream.flush(run.run_id);
        }
        await stream.flush(run.run_id);
      });
      const offsets = await admin.fetchTopicOffsets(topic);
      const arrived = offsets.reduce((sum, { high }) => sum + Number(high), 0);
      if (arrived !== rows) throw new Error(`${arrived} of ${rows} rows are in the topic`);
      await stream.close();
      await reader.close();
      return result;
    }),

  /** One message for each row, as kafkajs wants it. */
  messages: (batchRows) =>
    withTopic(async (topic) => {
      const reader = jsonRecords({ ...duckdb, schema, batchRows });
      const producer = kafka.producer({
        idempotent: true,
        maxInFlightRequests: 1,
        createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
      });
      await producer.connect();
      const result = await measured(async () => {
        for (const chunk of chunks(batchRows)) {
          for await (const batch of reader.read(chunk)) {
            const messages = batch.flatMap(({ key, lines }) =>
              lines
                .toString()
                .split('\n')
                .map((value) => ({ key, value })),
            );
            await producer.send({ topic, messages, acks: -1, compression: kafkajs.CompressionTypes.GZIP });
          }
        }
      });
      await producer.disconnect();
      await reader.close();
      return result;
    }),
};

await makeChanges();
await admin.connect();
const results = [];
for (const [stage, measure] of Object.entries(stages)) {
  if (options.only && options.only !== stage) continue;
  for (const batch_rows of batches) {
    const result = { stage, batch_rows, ...(await measure(batch_rows)) };
    results.push(result);
    if (options.json) continue;
    console.log(
      `${stage.padEnd(9)} ${String(batch_rows).padStart(6)} rows a batch ${String(result.rows_per_second).padStart(8)} rows/s ` +
        `${result.microseconds_per_row.toFixed(1).padStart(6)} µs of a core a row`,
    );
  }
}
await admin.disconnect();
await rm(scratch, { recursive: true });
if (options.json) console.log(JSON.stringify({ rows, results }));
