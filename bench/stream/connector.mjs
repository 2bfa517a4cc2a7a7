/**
 * How many rows a second the connector brings from the topic into ClickHouse, by its settings and the number of tasks, and what
 * a row costs the two: `node tools/stack.mjs up`, then `node tools/stack.mjs with node bench/stream/connector.mjs`; `--json` for
 * programs, `--rows 600000`, `--only NAME`. It fills a topic of its own, once, lets one connector after another read all of it
 * into a table of its own, and removes both. The first one warms up the JVM and is not told of.
 */
import { setTimeout as after } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import kafkajs from 'kafkajs';
import { whileCounting } from './containers.mjs';
import { record } from './records.mjs';
import { address, readTopic } from './sink.mjs';

const { values: options } = parseArgs({
  options: { rows: { type: 'string', default: '400000' }, json: { type: 'boolean' }, only: { type: 'string' } },
});
const rows = Number(options.rows);
const partitions = 6;
const topic = 'bench.connector';
const gzip = kafkajs.CompressionTypes.GZIP;

const MB = 1024 * 1024;
const polls = (records) => ({
  'consumer.override.max.poll.records': String(records),
  'consumer.override.max.partition.fetch.bytes': String(5 * MB),
});
const together = { ignorePartitionsWhenBatching: 'true' };
/** `settings: null`: those of kafka-connect/connectors/incidence-sink.json as they are. */
const cases = [
  { name: "Connect's defaults", tasks: 1, settings: {} },
  { name: 'poll 2000', tasks: 1, settings: polls(2000) },
  { name: 'poll 5000', tasks: 1, settings: polls(5000) },
  { name: 'poll 10000', tasks: 1, settings: polls(10_000) },
  { name: 'poll 20000', tasks: 1, settings: polls(20_000) },
  { name: 'poll 5000', tasks: 2, settings: polls(5000) },
  { name: 'poll 20000', tasks: 2, settings: polls(20_000) },
  { name: 'as declared', tasks: 1, settings: null },
  { name: 'as declared', tasks: 2, settings: null },
  { name: 'as declared', tasks: 3, settings: null },
  { name: 'as declared, one insert', tasks: 2, settings: null, more: together },
];

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

const kafka = new kafkajs.Kafka({ brokers: address('WEIR_TEST_KAFKA').split(','), logLevel: kafkajs.logLevel.ERROR });
const { admin, bytes } = await fill(kafka);
const say = (line) => options.json || process.stdout.write(`${line}\n`);
const results = [];
try {
  await readTopic({ topic, rows, tasks: 2, settings: null });
  say(`${rows} records of ${Math.round(bytes / rows)} bytes in ${partitions} partitions; µs of a core a row`);
  say('settings                  tasks     rows/s   to start    Connect ClickHouse');
  for (const { name, ...each } of cases) {
    if (options.only && !name.includes(options.only)) continue;
    const { result, micros } = await whileCounting(['connect', 'clickhouse'], () =>
      readTopic({ topic, rows, ...each }),
    );
    const cost = (service) => Number((micros[service] / rows).toFixed(1));
    results.push({
      case: name,
      tasks: each.tasks,
      ...result,
      connect: cost('connect'),
      clickhouse: cost('clickhouse'),
    });
    const figures = [result.rows_per_second, `${result.seconds_to_start} s`, cost('connect'), cost('clickhouse')];
    say(
      `${name.padEnd(26)}${String(each.tasks).padStart(5)}${figures.map((figure) => String(figure).padStart(11)).join('')}`,
    );
  }
} finally {
  await admin.deleteTopics({ topics: [topic] });
  await admin.disconnect();
}
if (options.json) console.log(JSON.stringify({ rows, bytes_per_record: Math.round(bytes / rows), results }));
