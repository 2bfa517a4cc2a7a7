/**
 * How many rows a second go the whole way in the stack, from a landed file to a row that readers can see, and which stage
 * takes how long: `node tools/stack.mjs up`, then `node tools/stack.mjs with node bench/stream/whole.mjs`; `--rows 600000`,
 * `--json` for programs. It puts a history of its own into the place of the stack's and backfills it with `weir run`, as a user
 * would; the stack is of no use for anything else afterwards.
 *
 * Beside it, in the same run: the same records of the topic, read by one connector task with Connect's defaults.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { whileCounting } from './containers.mjs';
import { readTopic } from './sink.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const { values: options } = parseArgs({
  options: { rows: { type: 'string', default: '600000' }, json: { type: 'boolean' } },
});
/** Where a row costs something on its way. */
const parts = ['worker', 'kafka', 'connect', 'clickhouse'];

const data = process.env.WEIR_TEST_DATA;
if (!data) throw new Error('WEIR_TEST_DATA is not set: run this through node tools/stack.mjs with …');

/** Daily figures up to the day of the cut, so that a row of the file is a row that readers see. */
function writeHistory() {
  const [header = '', ...lines] = readFileSync(join(root, 'pipelines/covid/regions.csv'), 'utf8').trim().split('\n');
  const at = header.split(',').indexOf('history_name');
  const regions = lines.map((line) => line.split(',')[at]);
  const days = Math.ceil(Number(options.rows) / regions.length);
  const most = regions.length * 45_000;
  // Days before 1900 are none that a pipeline takes.
  if (Number(options.rows) > most)
    throw new Error(`--rows ${options.rows}: at most ${most}, a row a region and day since 1900`);
  const folder = join(data, 'history');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const file = openSync(join(folder, `bench-${Date.now()}.csv`), 'w');
  writeSync(file, 'date,region,new_cases,new_deaths,new_recovered,new_hospitalized\n');
  const last = Date.UTC(2023, 4, 15);
  // Figures that are not those of the run before.
  const other = Date.now() % 9973;
  for (const region of regions) {
    const text = [];
    for (let n = days - 1; n >= 0; n--) {
      const date = new Date(last - n * 86_400_000).toISOString().slice(0, 10);
      text.push(`${date},${region},${(n * 7919 + other) % 9973},${n % 13},${(n * 31) % 997},${n % 101}\n`);
    }
    writeSync(file, text.join(''));
  }
  closeSync(file);
  return days * regions.length;
}

const rows = writeHistory();
const { result: answer, micros } = await whileCounting(parts, () =>
  execFileSync(
    'docker',
    ['compose', 'exec', '-T', 'api', 'weir', 'run', 'covid', '--branch', 'backfill', '--wait', '--json'],
    { encoding: 'utf8', maxBuffer: 1e8, stdio: ['ignore', 'pipe', 'inherit'] },
  ),
);
const run = JSON.parse(answer);
if (run.status !== 'succeeded') throw new Error(`the run ended as ${run.status}: ${run.error?.message}`);

const time = (step, which) => Date.parse(run.tasks.find(({ name }) => name === step)[which]) / 1000;
const took = (step) => time(step, 'finished_at') - time(step, 'started_at');
const end = time('commit_run', 'finished_at');
const stream = end - time('load_data', 'started_at');
const whole = end - time('transform', 'started_at');
const published = run.counts.published;
const perSecond = (seconds) => Math.round(published / seconds);
const byDefault = await readTopic({ topic: 'incidence', rows: published, tasks: 1, settings: {} });
const ratio = (rate) => Number((rate / byDefault.rows_per_second).toFixed(2));
const result = {
  rows,
  published,
  seconds: {
    extract: took('extract'),
    transform: took('transform'),
    compare_with_stored: took('compare_with_stored'),
    load_data: took('load_data'),
    commit_run: took('commit_run'),
  },
  micros_of_a_core_a_row: Object.fromEntries(
    parts.map((part) => [part, Number((micros[part] / published).toFixed(1))]),
  ),
  stream_rows_per_second: perSecond(stream),
  whole_rows_per_second: perSecond(whole),
  one_default_task_rows_per_second: byDefault.rows_per_second,
  stream_ratio: ratio(perSecond(stream)),
  whole_ratio: ratio(perSecond(whole)),
};

if (options.json) console.log(JSON.stringify(result));
else {
  const line = (name, seconds) => console.log(`  ${name.padEnd(52)} ${seconds.toFixed(1).padStart(7)} s`);
  console.log(`${published.toLocaleString('en')} rows, published and readable`);
  line('transform: landed file → rows', result.seconds.transform);
  line('compare_with_stored: rows → changes', result.seconds.compare_with_stored);
  line('load_data: changes → topic (the connector runs beside)', result.seconds.load_data);
  line('commit_run: until the last row can be read', result.seconds.commit_run);
  const rate = (name, value, times) =>
    console.log(
      `  ${name.padEnd(52)} ${value.toLocaleString('en').padStart(7)} rows/s${times === undefined ? '' : `, ${times} ×`}`,
    );
  rate('changes → readable', result.stream_rows_per_second, result.stream_ratio);
  rate('landed file → readable', result.whole_rows_per_second, result.whole_ratio);
  rate('the same records by one task with its defaults', result.one_default_task_rows_per_second);
  console.log('  µs of a core a row:', result.micros_of_a_core_a_row);
}
