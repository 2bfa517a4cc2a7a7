/**
 * How many rows a second go the whole way in the stack, from a landed file to a row that readers can see, and which stage
 * takes how long: `node tools/stack.mjs up`, then `node tools/stack.mjs with node bench/stream/whole.mjs`; `--rows 600000`,
 * `--json` for programs. It puts a history of its own into the place of the stack's and backfills it with `weir run`, as a user
 * would; the stack is of no use for anything else afterwards.
 *
 * 18,000 rows/s, what one connector task does with its defaults (measured; `connector.mjs` measures it here), is what it is
 * compared with.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const { values: options } = parseArgs({
  options: { rows: { type: 'string', default: '600000' }, json: { type: 'boolean' } },
});
const BASELINE = 18_000;

const data = process.env.WEIR_TEST_DATA;
if (!data) throw new Error('WEIR_TEST_DATA is not set: run this through node tools/stack.mjs with …');

/** Daily figures up to the day of the cut, so that a row of the file is a row that readers see. */
function writeHistory() {
  const [header = '', ...lines] = readFileSync(join(root, 'pipelines/covid/regions.csv'), 'utf8').trim().split('\n');
  const at = header.split(',').indexOf('history_name');
  const regions = lines.map((line) => line.split(',')[at]);
  const days = Math.ceil(Number(options.rows) / regions.length);
  const folder = join(data, 'history');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const file = openSync(join(folder, `bench-${Date.now()}.csv`), 'w');
  writeSync(file, 'date,region,new_cases,new_deaths,new_recovered,new_hospitalized\n');
  const last = Date.UTC(2023, 4, 15);
  for (const region of regions) {
    const text = [];
    for (let n = days - 1; n >= 0; n--) {
      const date = new Date(last - n * 86_400_000).toISOString().slice(0, 10);
      text.push(`${date},${region},${(n * 7919) % 9973},${n % 13},${(n * 31) % 997},${n % 101}\n`);
    }
    writeSync(file, text.join(''));
  }
  closeSync(file);
  return days * regions.length;
}

const rows = writeHistory();
const answer = execFileSync(
  'docker',
  ['compose', 'exec', '-T', 'api', 'weir', 'run', 'covid', '--branch', 'backfill', '--wait', '--json'],
  { encoding: 'utf8', maxBuffer: 1e8, stdio: ['ignore', 'pipe', 'inherit'] },
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
  stream_rows_per_second: perSecond(stream),
  whole_rows_per_second: perSecond(whole),
  ratio_to_one_default_task: Number((perSecond(stream) / BASELINE).toFixed(2)),
};

if (options.json) console.log(JSON.stringify(result));
else {
  const line = (name, seconds) => console.log(`  ${name.padEnd(52)} ${seconds.toFixed(1).padStart(7)} s`);
  console.log(`${published.toLocaleString('en')} rows, published and readable`);
  line('transform: landed file → rows', result.seconds.transform);
  line('compare_with_stored: rows → changes', result.seconds.compare_with_stored);
  line('load_data: changes → topic (the connector runs beside)', result.seconds.load_data);
  line('commit_run: until the last row can be read', result.seconds.commit_run);
  console.log(
    `  file → readable ${result.whole_rows_per_second.toLocaleString('en')} rows/s; changes → readable ${result.stream_rows_per_second.toLocaleString('en')} rows/s`,
  );
  console.log(
    `  ${result.ratio_to_one_default_task} × one connector task with its defaults (${BASELINE.toLocaleString('en')} rows/s)`,
  );
}
