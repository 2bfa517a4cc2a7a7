/**
 * How many rows a second ClickHouse takes, alone: the records of the topic as JSON texts, inserted over HTTP as the connector
 * does it, by the size of an insert and how many go at the same time. `node tools/stack.mjs with node bench/stream/insert.mjs`;
 * `--rows 300000`, `--json` for programs. It needs ClickHouse, at WEIR_TEST_CLICKHOUSE (a URL with user, password and the
 * database as its path), makes a table like `incidence_revisions`, and removes it.
 */
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { clickHouse, withTable } from './sink.mjs';

const { values: options } = parseArgs({
  options: { rows: { type: 'string', default: '300000' }, json: { type: 'boolean' } },
});
const rows = Number(options.rows);
const cases = [
  { batch: 500, parallel: 1 },
  { batch: 5_000, parallel: 1 },
  { batch: 5_000, parallel: 2 },
  { batch: 50_000, parallel: 1 },
  { batch: 50_000, parallel: 2 },
];

const day = (n) => new Date(Date.UTC(2000, 0, 1) + n * 86_400_000).toISOString().slice(0, 10);

/** Records in the order in which a partition has them: region by region, day by day. */
function record(n) {
  const region = Math.floor(n / 10_000);
  return JSON.stringify({
    ...{ dataset: 'bench', region: `R-${region}`, region_name: `Region ${region}`, date: day(n % 10_000) },
    ...{
      new_cases: n / 7,
      new_deaths: n % 5,
      new_recovered: null,
      new_hospitalized: n % 11,
      basis: 'spread',
      filled: [],
    },
    ...{
      source: 'sample/history/daily.csv',
      run_id: '5b7c2f9e-3f6a-4c1d-9a53-0c8f6c1e0b4f',
      revision: 1,
      withdrawn: false,
    },
  });
}

const results = [];
for (const { batch, parallel } of cases) {
  const bodies = [];
  for (let from = 0; from < rows; from += batch) {
    bodies.push(Array.from({ length: Math.min(batch, rows - from) }, (_, n) => record(from + n)).join('\n'));
  }
  const rows_per_second = await withTable(async (table) => {
    const began = performance.now();
    const insertAll = async () => {
      for (let body = bodies.shift(); body !== undefined; body = bodies.shift()) {
        await clickHouse(`INSERT INTO ${table} FORMAT JSONEachRow`, body);
      }
    };
    await Promise.all(Array.from({ length: parallel }, insertAll));
    const seconds = (performance.now() - began) / 1000;
    const arrived = Number(await clickHouse(`SELECT count() FROM ${table} FINAL`));
    if (arrived !== rows) throw new Error(`${arrived} of ${rows} rows arrived`);
    return Math.round(rows / seconds);
  });
  results.push({ batch, parallel, rows_per_second });
}

if (options.json) console.log(JSON.stringify({ rows, results }));
else {
  console.log(`${rows.toLocaleString('en')} rows into ClickHouse, as JSON over HTTP`);
  for (const { batch, parallel, rows_per_second } of results) {
    console.log(
      `  ${String(batch).padStart(6)} rows an insert, ${parallel} at a time: ${rows_per_second.toLocaleString('en').padStart(9)} rows/s`,
    );
  }
}
