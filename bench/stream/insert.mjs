/**
 * How many rows a second ClickHouse takes, alone: the records of the topic as JSON texts, inserted over HTTP as the connector
 * does it, by the size of an insert and how many go at the same time, and what a row costs it. `node tools/stack.mjs with node bench/stream/insert.mjs`;
 * `--rows 300000`, `--json` for programs. It needs ClickHouse, at WEIR_TEST_CLICKHOUSE (a URL with user, password and the
 * database as its path), makes a table like `incidence_revisions`, and removes it.
 */
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { whileCounting } from './containers.mjs';
import { record } from './records.mjs';
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

const results = [];
for (const { batch, parallel } of cases) {
  const bodies = [];
  for (let from = 0; from < rows; from += batch) {
    bodies.push(Array.from({ length: Math.min(batch, rows - from) }, (_, n) => record(from + n).value).join('\n'));
  }
  const insert = () =>
    withTable(async (table) => {
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
  const { result: rows_per_second, micros } = await whileCounting(['clickhouse'], insert);
  results.push({
    batch,
    parallel,
    rows_per_second,
    micros_of_a_core_a_row: Number((micros.clickhouse / rows).toFixed(1)),
  });
}

if (options.json) console.log(JSON.stringify({ rows, results }));
else {
  console.log(`${rows.toLocaleString('en')} rows into ClickHouse, as JSON over HTTP`);
  for (const { batch, parallel, rows_per_second, micros_of_a_core_a_row: micros } of results) {
    console.log(
      `  ${String(batch).padStart(6)} rows an insert, ${parallel} at a time: ${rows_per_second.toLocaleString('en').padStart(9)} rows/s, ${micros} µs of a core a row`,
    );
  }
}
