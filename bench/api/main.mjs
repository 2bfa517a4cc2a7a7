/**
 * One region's series over HTTP with a key, from the embedded system, beside what it is made of: the same query on the bare
 * ClickHouse client, and a route of NestJS that only sends an answer of this size.
 *
 *     node bench/api/main.mjs [--seconds 8] [--connections 10] [--rounds 3] [--json]
 *
 * A million rows; a question is a year of a region. `new questions`: no two are the same, so that each is a query.
 * `data unchanged`: the same question again and again, which is answered from what was kept. All in the same run, one after
 * the other, on the same processors as the load; figures are medians of the rounds.
 */
import { spawn } from 'node:child_process';
import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { measure, median, round, table } from '../system/parts.mjs';
import { register, withHome, withWeir } from '../system/weir.mjs';
import { pathOf, questionOf } from './question.mjs';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '8' },
    connections: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});
const part = (name) => join(import.meta.dirname, name);

/** @param next gives the path of each request. */
async function load(address, next, headers = {}) {
  const settings = { url: address, connections: Number(options.connections), headers };
  const requests = [{ setupRequest: (request) => ({ ...request, path: next() }) }];
  await autocannon({ ...settings, requests, duration: 2 });
  const {
    requests: rate,
    latency,
    non2xx,
    errors,
  } = await autocannon({
    ...settings,
    requests,
    duration: Number(options.seconds),
  });
  if (non2xx + errors > 0) throw new Error(`${address}: ${non2xx} answers that are none, ${errors} failures`);
  return { requests_per_second: rate.average, p50_ms: latency.p50, p99_ms: latency.p99 };
}

async function weirUnderLoad(home, first) {
  const pipelines = join(home, 'no-pipelines');
  await mkdir(pipelines, { recursive: true });
  return withWeir(home, { PIPELINES: pipelines, RATE_LIMIT_KEY: '0' }, async ({ address }) => {
    const headers = { 'x-key': await register(address, `bench${first}@example.org`) };
    const answer = await fetch(`${address}${pathOf(questionOf(0))}`, { headers });
    const body = await answer.text();
    if (!answer.ok) throw new Error(body);
    let asked = first;
    const fresh = await load(address, () => pathOf(questionOf(asked++)), headers);
    const unchanged = await load(address, () => pathOf(questionOf(0)), headers);
    return { fresh, unchanged, body };
  });
}

async function routeUnderLoad(folder, body) {
  const file = join(folder, 'answer.json');
  await writeFile(file, body);
  const child = spawn(process.execPath, [part('bare-route.mjs'), file], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  try {
    const { value } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
    const path = pathOf(questionOf(0));
    return await load(/^Ready: (\S+)/.exec(value)[1], () => path);
  } finally {
    child.stdin.end();
    await ended;
  }
}

const figures = await withHome(async (home) => {
  await measure(process.execPath, [part('fill.mjs'), home]);
  const rounds = [];
  let bytes = 0;
  for (let n = 0; n < Number(options.rounds); n += 1) {
    const client = await measure(process.execPath, [
      part('bare-client.mjs'),
      home,
      options.seconds,
      options.connections,
    ]);
    const { fresh, unchanged, body } = await weirUnderLoad(home, 1 + 100_000 * n);
    const route = await routeUnderLoad(home, body);
    bytes = Buffer.byteLength(body);
    rounds.push({ fresh, unchanged, client, route });
  }
  const of = (name) =>
    Object.fromEntries(
      ['requests_per_second', 'p50_ms', 'p99_ms'].map((what) => [what, median(rounds.map((each) => each[name][what]))]),
    );
  const [fresh, unchanged, client, route] = ['fresh', 'unchanged', 'client', 'route'].map(of);
  const rate = ({ requests_per_second }) => requests_per_second;
  return {
    bytes,
    fresh,
    unchanged,
    client,
    route,
    fresh_of_slower: rate(fresh) / Math.min(rate(client), rate(route)),
    unchanged_of_route: rate(unchanged) / rate(route),
  };
});
console.log(options.json ? JSON.stringify(figures) : text(figures));

function text({ bytes, fresh, unchanged, client, route, ...ratios }) {
  const row = (name, { requests_per_second, p50_ms, p99_ms }, ratio) => [
    name,
    round(requests_per_second),
    p50_ms.toFixed(1),
    p99_ms.toFixed(1),
    ratio,
  ];
  return `${table([
    [
      `A year of a region, ${round(bytes)} bytes, ${options.connections} at once`,
      'requests/s',
      'p50 ms',
      'p99 ms',
      'ratio',
    ],
    row('Weir, new questions', fresh, `${ratios.fresh_of_slower.toFixed(2)} of the slower`),
    row('Weir, data unchanged', unchanged, `${ratios.unchanged_of_route.toFixed(2)} of the route`),
    row('the same query on the bare client', client, ''),
    row('a bare route of NestJS', route, ''),
  ])}

Goals: 0.8 of the slower of the two; 0.5 of the bare route where the data has not changed.`;
}
