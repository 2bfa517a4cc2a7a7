/**
 * The stack's sink, for benches: ClickHouse and Connect at the addresses in WEIR_TEST_CLICKHOUSE (a URL with user, password and
 * the database as its path) and WEIR_TEST_CONNECT (a URL), and how fast a connector of the bench's own reads a topic into a
 * table of the bench's own.
 */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const connectors = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'kafka-connect/connectors');
const table = 'bench_revisions';
/** Seconds that a connector may take for all of it. */
const patience = 300;

export function address(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run this through node tools/stack.mjs with …`);
  return value;
}

/** A statement, with the rows of an insert as its body. @returns what ClickHouse says, as text. */
export async function clickHouse(query, body = '') {
  const url = new URL(address('WEIR_TEST_CLICKHOUSE'));
  // fetch takes no address with a password in it.
  const target = new URL('/', url.origin);
  target.searchParams.set('database', url.pathname.slice(1));
  target.searchParams.set('query', query);
  const headers = {
    'x-clickhouse-user': decodeURIComponent(url.username),
    'x-clickhouse-key': decodeURIComponent(url.password),
  };
  const answer = await fetch(target, { method: 'POST', headers, body });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text.trim();
}

/** Runs `work` with an empty table like `incidence_revisions`, which is removed after it. */
export async function withTable(work) {
  await clickHouse(`DROP TABLE IF EXISTS ${table} SYNC`);
  await clickHouse(`CREATE TABLE ${table} AS incidence_revisions`);
  try {
    return await work(table);
  } finally {
    await clickHouse(`DROP TABLE IF EXISTS ${table} SYNC`);
  }
}

async function connect(method, path, body) {
  const answer = await fetch(`${address('WEIR_TEST_CONNECT').replace(/\/+$/, '')}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok && !(method === 'DELETE' && answer.status === 404)) throw new Error(await answer.text());
}

/**
 * Lets a connector like `incidence-sink` read a topic from its beginning. A second counts from the first rows that can be read
 * to the last: how long a connector takes to start is told apart.
 *
 * @param read `settings`: of its consumer, instead of those that are declared; null: as declared. `more`: further keys.
 */
export async function readTopic({ topic, rows, tasks, settings, more = {} }) {
  const { config } = JSON.parse(await readFile(join(connectors, 'incidence-sink.json'), 'utf8'));
  const declared = Object.entries(config).filter(([key]) => settings === null || !key.startsWith('consumer.override.'));
  const connector = `bench-${Date.now()}`;
  return withTable(async () => {
    const began = performance.now();
    await connect('PUT', `/connectors/${connector}/config`, {
      ...Object.fromEntries(declared),
      ...settings,
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
            rows_per_second: Math.round((rows - first.count) / seconds),
            seconds: Number(seconds.toFixed(2)),
            seconds_to_start: Number(((first.now - began) / 1000).toFixed(2)),
          };
        }
        if (now - began > patience * 1000) throw new Error(`${count} of ${rows} rows after ${patience} s`);
        await after(50);
      }
    } finally {
      await connect('DELETE', `/connectors/${connector}`);
    }
  });
}
