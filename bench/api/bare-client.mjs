/**
 * The query of one region's series on the bare ClickHouse client, on an engine of its own, a few at a time:
 * `node bench/api/bare-client.mjs <home> <seconds> <at once>` prints JSON as the load of an API does.
 */
import { performance } from 'node:perf_hooks';
import { ClickHouseIncidenceRepository } from '@weir/adapter-clickhouse';
import { metrics } from '@weir/incidence';
import { openClickHouse } from '../system/clickhouse.mjs';
import { LIMIT, questionOf } from './question.mjs';

const [home, seconds, atOnce] = process.argv.slice(2);

/** What the API asks ClickHouse for a question: its repository's own query, caught before it is sent. */
async function queryOf({ region, from, to }) {
  let caught;
  const client = { query: (query) => ((caught = query), Promise.resolve({ json: () => Promise.resolve([]) })) };
  await new ClickHouseIncidenceRepository(client).find({
    dataset: 'covid',
    snapshot: 1,
    regions: [region],
    from,
    to,
    interval: 'day',
    metrics,
    order: 'date',
    limit: LIMIT + 1,
  });
  return caught;
}

const client = await openClickHouse(home);
const latencies = [];
let asked = 0;

async function askUntil(end) {
  while (performance.now() < end) {
    const query = await queryOf(questionOf(asked++));
    const began = performance.now();
    const rows = await (await client.query(query)).json();
    if (rows.length === 0) throw new Error(`nothing found: ${JSON.stringify(query)}`);
    latencies.push(performance.now() - began);
  }
}

const all = async (end) => Promise.all(Array.from({ length: Number(atOnce) }, () => askUntil(end)));
await all(performance.now() + 2_000);
latencies.length = 0;
const began = performance.now();
await all(began + Number(seconds) * 1_000);
const passed = (performance.now() - began) / 1_000;
latencies.sort((a, b) => a - b);
const figures = {
  requests_per_second: latencies.length / passed,
  p50_ms: latencies[Math.floor(latencies.length * 0.5)],
  p99_ms: latencies[Math.floor(latencies.length * 0.99)],
};
console.log(JSON.stringify(figures));
process.exit();
