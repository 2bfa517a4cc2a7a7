/**
 * Streams a million rows as CSV and NDJSON from the embedded system, over HTTP, and says how fast and how much its memory
 * grew: `node bench/export.mjs`; `--json` for programs. Beside it, in the same run, the same rows as one query of the bare
 * ClickHouse client on the same data, which holds the whole answer in memory.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { get } from 'node:http';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { clearInterval, setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';
import { fill, openClickHouse, ROWS } from './system/clickhouse.mjs';
import { round, table } from './system/parts.mjs';
import { register, withHome, withWeir } from './system/weir.mjs';

/** Milliseconds between two looks at the memory. */
const lookEvery = 25;

const cases = [
  { format: 'csv', order: 'date', encoding: 'identity' },
  { format: 'csv', order: 'region', encoding: 'identity' },
  { format: 'ndjson', order: 'date', encoding: 'gzip' },
];

/** Bytes of memory that a process occupies: from Linux itself, where not even `ps` may be installed, else from `ps`. */
function memoryOf(pid) {
  const status = `/proc/${pid}/status`;
  const kilobytes = existsSync(status)
    ? /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(status, 'utf8'))?.[1]
    : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Number(kilobytes ?? 0) * 1024;
}

/** Does something while looking at a process's memory. @returns what it took: seconds, and bytes above what there was. */
async function measured(pid, work) {
  const before = memoryOf(pid);
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, memoryOf(pid))), lookEvery);
  const began = performance.now();
  const result = await work();
  const seconds = (performance.now() - began) / 1000;
  clearInterval(timer);
  return { ...result, seconds, bytes_more: Math.max(most, memoryOf(pid)) - before };
}

/** Runs this file in a process of its own: an embedded ClickHouse is one a process. @returns the lines it says. */
function startPart(part, home) {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), part, home], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

/** Says `ready`, waits for a line, and asks for everything at once. */
async function bare(home) {
  const client = await openClickHouse(home);
  await (await client.query({ query: 'SELECT * FROM incidence LIMIT 1000', format: 'CSV' })).text();
  console.log('ready');
  await once(process.stdin, 'data');
  const { stream } = await client.exec({
    query: 'SELECT * FROM incidence ORDER BY date, region FORMAT CSVWithNames',
  });
  let lines = -1;
  for await (const chunk of stream) lines += countOf(chunk);
  console.log(JSON.stringify({ rows: lines }));
  process.exit(0);
}

function countOf(chunk) {
  let lines = 0;
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
  return lines;
}

async function measureBare(home) {
  const { child, lines } = startPart('bare', home);
  await lines.next();
  const figures = await measured(child.pid, async () => {
    child.stdin.write('go\n');
    return JSON.parse((await lines.next()).value);
  });
  await once(child, 'close');
  return { name: 'bare client, csv, by date, in one piece', ...figures };
}

/** Takes an answer, counts its rows, and drops it. */
function drain(address, key, { format, order, encoding }) {
  return new Promise((resolve, reject) => {
    const headers = { 'x-key': key, 'accept-encoding': encoding };
    const request = get(`${address}/covid/incidence?format=${format}&order=${order}`, { headers }, (answer) => {
      let lines = format === 'csv' ? -1 : 0;
      const text = encoding === 'gzip' ? answer.pipe(createGunzip()) : answer;
      text.on('data', (chunk) => (lines += countOf(chunk)));
      answer.on('error', reject);
      text.on('error', reject).on('end', () => {
        if (answer.complete && answer.statusCode === 200) resolve({ rows: lines });
        else reject(new Error(`${format} by ${order}: status ${answer.statusCode}, ${lines} rows`));
      });
    });
    request.on('error', reject);
  });
}

async function measureWeir(home) {
  const pipelines = join(home, 'no-pipelines');
  await mkdir(pipelines);
  return withWeir(home, { PIPELINES: pipelines, RATE_LIMIT_KEY: '0' }, async ({ address, pid }) => {
    const key = await register(address);
    // What any first request needs is no growth.
    await (await fetch(`${address}/covid/incidence?limit=10000`, { headers: { 'x-key': key } })).text();
    const all = [];
    for (const each of cases) {
      const name = `GET /covid/incidence, ${each.format}, by ${each.order}, ${each.encoding}`;
      all.push({ name, ...(await measured(pid, () => drain(address, key, each))) });
    }
    return all;
  });
}

async function main() {
  const figures = await withHome(async (home) => {
    const filling = startPart('fill', home);
    const [status] = await once(filling.child, 'close');
    if (status !== 0) throw new Error('the rows could not be made');
    return [await measureBare(home), ...(await measureWeir(home))];
  });
  console.log(process.argv.includes('--json') ? JSON.stringify(figures) : text(figures));
}

function text(figures) {
  const [{ seconds: bare }] = figures;
  return table([
    [`${round(ROWS)} rows, streamed`, 'rows/s', 'of the bare client', 'memory beside what there was'],
    ...figures.map(({ name, seconds, bytes_more }) => [
      name,
      round(ROWS / seconds),
      (bare / seconds).toFixed(2),
      `${Math.round(bytes_more / 1e6)} MB`,
    ]),
  ]);
}

const [, , part, home] = process.argv;
if (part === 'fill') {
  await fill(home);
  process.exit(0);
} else if (part === 'bare') await bare(home);
else await main();
