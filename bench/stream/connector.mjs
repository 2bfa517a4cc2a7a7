/**
 * How many rows a second the connector brings from the topic into ClickHouse, by its settings and the number of tasks:
 * `node bench/stream/connector.mjs`; `--json` for programs, `--rows 300000`, `--only NAME`. It needs a running stack (Kafka, Connect,
 * ClickHouse), whose addresses are in WEIR_TEST_KAFKA (host:port), WEIR_TEST_CONNECT and WEIR_TEST_CLICKHOUSE (URLs; that of
 * ClickHouse with user, password and the database as its path). It fills a topic and a table of its own, once, lets one connector after another read
 * all of it, and removes them.
 *
 * A second counts from the first rows that can be read to the last: how long a connector takes to start is told apart.
 */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import kafkajs from 'kafkajs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const { values: options } = parseArgs({
  options: { rows: { type: 'string', default: '300000' }, json: { type: 'boolean' }, only: { type: 'string' } },
});
const rows = Number(options.rows);
const partitions = 6;
const topic = 'bench.connector';
const table = 'bench_connector_revisions';
const gzip = kafkajs.CompressionTypes.GZIP;
/** Seconds that a connector may take for all of it. */
const patience = 300;

const polls = (records) => ({ 'consumer.override.max.poll.records': String(records) });
const fetches = (bytes) => ({ 'consumer.override.max.partition.fetch.bytes': String(bytes) });
const waits = (bytes, milliseconds) => ({
  'consumer.override.fetch.min.bytes': String(bytes),
  'consumer.override.fetch.max.wait.ms': String(milliseconds),
});
const MB = 1024 * 1024;
/** `settings: null`: those of kafka-connect/connectors/incidence-sink.json as they are. */
const cases = [
  { name: 'defaults', tasks: 1, settings: {} },
  { name: 'poll 2000', tasks: 1, settings: { ...polls(2000), ...fetches(5 * MB) } },
  { name: 'poll 5000', tasks: 1, settings: { ...polls(5000), ...fetches(5 * MB) } },
  { name: 'poll 10000', tasks: 1, settings: { ...polls(10_000), ...fetches(10 * MB) } },
  { name: 'poll 20000', tasks: 1, settings: { ...polls(20_000), ...fetches(10 * MB) } },
  { name: 'poll 5000, fetch 1 MB', tasks: 1, settings: { ...polls(5000), ...fetches(MB) } },
  { name: 'poll 5000, min 256 kB', tasks: 1, settings: { ...polls(5000), ...fetches(5 * MB), ...waits(262_144, 100) } },
  { name: 'as declared, one insert', tasks: 1, settings: null, more: { ignorePartitionsWhenBatching: 'true' } },
  { name: 'as declared', tasks: 1, settings: null },
  { name: 'as declared', tasks: 2, settings: null },
  { name: 'as declared', tasks: 3, settings: null },
  { name: 'as declared', tasks: 6, settings: null },
];

function address(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: this bench needs a running stack`);
  return value;
}

/** ClickHouse over HTTP. @returns what it says, as text. */
async function clickHouse(sql) {
  const url = new URL(address('WEIR_TEST_CLICKHOUSE'));
  const headers = {
    'x-clickhouse-user': decodeURIComponent(url.username),
    'x-clickhouse-key': decodeURIComponent(url.password),
    'x-clickhouse-database': url.pathname.slice(1) || 'default',
  };
  const answer = await fetch(url.origin, { method: 'POST', headers, body: sql });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text.trim();
}

async function connect(method, path, body) {
  const answer = await fetch(`${address('WEIR_TEST_CONNECT').replace(/\/+$/, '')}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok && !(method === 'DELETE' && answer.status === 404)) throw new Error(await answer.text());
}

/** A record as runs publish it. */
function record(number) {
  const region = `R-${String(number % 700).padStart(4, '0')}`;
  const date = new Date(Date.UTC(2020, 0, 1) + Math.floor(number / 700) * 86_400_000).toISOString().slice(0, 10);
  const value = {
    dataset: 'bench',
    region,
    region_name: `Region ${region}`,
    date,
    new_cases: (number % 997) / 7,
    new_deaths: number % 13,
    new_recovered: number % 5 === 0 ? null : number % 101,
    new_hospitalized: null,
    basis: number % 3 === 0 ? 'spread' : 'reported',
    filled: number % 11 === 0 ? ['new_deaths'] : [],
    source: 'bench-history.csv',
    run_id: '0198f6f0-5a3e-7c11-9a55-0c3f7e1d2b4a',
    revision: 1,
    withdrawn: false,
  };
  return { key: region, value: JSON.stringify(value) };
}

async function fill(kafka) {
  const admin = kafka.admin();
  const producer = kafka.producer({ idempotent: true });
  await Promise.all([admin.connect(), producer.connect()]);
  if ((await admin.listTopics()).includes(topic)) await admin.deleteTopics({ topics: [topic] });
  while ((await admin.listTopics()).includes(topic)) await after(200);
  await admin.createTopics({ topics: [{ topic, numPartitions: partitions, replicationFactor: 1 }] });
  let bytes = 0;
  for (let from = 0; from < rows; from += 10_000) {
    const messages = Array.from({ length: Math.min(10_000, rows - from) }, (_, index) => record(from + index));
    bytes += messages.reduce((sum, { value }) => sum + value.length, 0);
    await producer.send({ topic, messages, acks: -1, compression: gzip });
  }
  await producer.disconnect();
  return { admin, bytes };
}

async function measure({ name, tasks, settings, more = {} }, declared) {
  await clickHouse(`DROP TABLE IF EXISTS ${table} SYNC`);
  await clickHouse(`CREATE TABLE ${table} AS incidence_revisions`);
  const own = settings === null ? {} : settings;
  const base =
    settings === null
      ? declared
      : Object.fromEntries(Object.entries(declared).filter(([key]) => !key.startsWith('consumer.override.')));
  const connector = `bench-${Date.now()}`;
  const began = performance.now();
  await connect('PUT', `/connectors/${connector}/config`, {
    ...base,
    ...own,
    ...more,
    'tasks.max': String(tasks),
    topics: topic,
    topic2TableMap: `${topic}=${table}`,
    'errors.tolerance': 'none',
  });
  try {
    let first = null;
    for (;;) {
      const count = Number(await clickHouse(`SELECT count() FROM ${table}`));
      const now = performance.now();
      if (count > 0) first ??= { now, count };
      if (count >= rows) {
        const seconds = (now - first.now) / 1000;
        return {
          case: name,
          tasks,
          rows_per_second: Math.round((rows - first.count) / seconds),
          seconds: Number(seconds.toFixed(2)),
          seconds_to_start: Number(((first.now - began) / 1000).toFixed(2)),
        };
      }
      if (now - began > patience * 1000) throw new Error(`${name}: ${count} of ${rows} rows after ${patience} s`);
      await after(50);
    }
  } finally {
    await connect('DELETE', `/connectors/${connector}`);
  }
}

const kafka = new kafkajs.Kafka({ brokers: address('WEIR_TEST_KAFKA').split(','), logLevel: kafkajs.logLevel.ERROR });
const declared = JSON.parse(await readFile(join(root, 'kafka-connect/connectors/incidence-sink.json'), 'utf8')).config;
const { admin, bytes } = await fill(kafka);
const say = (line) => options.json || process.stdout.write(`${line}\n`);
const results = [];
try {
  say(`${rows} records of ${Math.round(bytes / rows)} bytes in ${partitions} partitions\n`);
  say('settings                  tasks     rows/s  seconds  to start');
  for (const each of cases) {
    if (options.only && !each.name.includes(options.only)) continue;
    const result = await measure(each, declared);
    results.push(result);
    say(
      `${result.case.padEnd(26)}${String(result.tasks).padStart(5)}${String(result.rows_per_second).padStart(11)}${String(result.seconds).padStart(9)}${String(result.seconds_to_start).padStart(10)}`,
    );
  }
} finally {
  await admin.deleteTopics({ topics: [topic] });
  await admin.disconnect();
  await clickHouse(`DROP TABLE IF EXISTS ${table}`);
}
if (options.json) console.log(JSON.stringify({ rows, bytes_per_record: Math.round(bytes / rows), results }));
