/**
 * Two million rows of a CSV file to rows that readers see, by the embedded Weir, by ClickHouse's own INSERT … SELECT … FROM
 * file(), and by pandas with JSON; and a tenth of the rows by Weir, to see what memory does.
 *
 *     node bench/backfill/main.mjs [--rows 2000000] [--rounds 3] [--json]
 *
 * All of it in the same run, one after the other, each in a process of its own; figures are medians of the rounds. Weir and
 * ClickHouse must have come to the same figures. Needs python3; pandas comes from PyPI, pinned, into node_modules/.cache.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { preparePython } from '../../tools/python.mjs';
import { measure, median, round, table } from '../system/parts.mjs';
import { withHome } from '../system/weir.mjs';
import { CUT, writeHistory } from './history.mjs';

const root = join(import.meta.dirname, '../..');
const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '2000000' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});
const part = (name) => join(import.meta.dirname, name);

const figures = await withHome(async (folder) => {
  const python = preparePython(root, 'bench', part('requirements.txt'));
  const whole = await writeHistory(join(folder, 'whole'), Number(options.rows));
  const tenth = await writeHistory(join(folder, 'tenth'), Number(options.rows) / 10);
  const rounds = [];
  for (let n = 0; n < Number(options.rounds); n += 1) {
    const weir = await measure(process.execPath, [part('weir.mjs'), whole.folder]);
    const clickhouse = await measure(process.execPath, [part('clickhouse.mjs'), whole.folder]);
    const pandas = await measure(python, [part('scripts.py'), whole.folder, CUT]);
    const small = await measure(process.execPath, [part('weir.mjs'), tenth.folder]);
    if (JSON.stringify(weir.digest) !== JSON.stringify(clickhouse.digest)) {
      throw new Error(`not the same figures: ${JSON.stringify({ weir: weir.digest, clickhouse: clickhouse.digest })}`);
    }
    if (Number(weir.digest.readable) !== whole.readable || pandas.records !== whole.readable) {
      throw new Error(`${whole.readable} rows expected, ${weir.digest.readable} and ${pandas.records} found`);
    }
    rounds.push({ weir, clickhouse, pandas, small });
  }
  const of = (name) => ({
    seconds: median(rounds.map((figures) => figures[name].seconds)),
    peak_bytes: median(rounds.map((figures) => figures[name].peak_bytes)),
  });
  return {
    rows: whole.rows,
    small_rows: tenth.rows,
    weir: { ...of('weir'), steps: rounds.at(-1).weir.steps },
    clickhouse: of('clickhouse'),
    pandas: of('pandas'),
    small: of('small'),
    times_clickhouse: of('clickhouse').seconds / of('weir').seconds,
    times_pandas: of('pandas').seconds / of('weir').seconds,
    memory_growth: of('weir').peak_bytes / of('small').peak_bytes - 1,
  };
});
console.log(options.json ? JSON.stringify(figures) : text(figures));

function text({ rows, small_rows, weir, clickhouse, pandas, small, ...ratios }) {
  const row = (name, { seconds, peak_bytes }, count, ratio) => [
    name,
    seconds.toFixed(1),
    round(count / seconds),
    `${Math.round(peak_bytes / 1e6)} MB`,
    ratio,
  ];
  const times = (ratio) => `${ratio.toFixed(2)} ×`;
  const steps = Object.entries(weir.steps).map(([name, seconds]) => `${name} ${seconds.toFixed(1)}`);
  return `${table([
    [`${round(rows)} rows of CSV → readable rows`, 'seconds', 'rows/s', 'peak memory', 'Weir is'],
    row('Weir, embedded', weir, rows, ''),
    row('ClickHouse, INSERT … SELECT … FROM file()', clickhouse, rows, times(ratios.times_clickhouse)),
    row('pandas, and JSON to a file', pandas, rows, times(ratios.times_pandas)),
    row(`Weir, ${round(small_rows)} rows`, small, small_rows, ''),
  ])}

Goals: 0.5 × ClickHouse, 4 × pandas; at most 1 GB, of which ten times the rows take less than a fifth more (now ${(100 * ratios.memory_growth).toFixed(0)} %).
Weir's seconds: ${steps.join(', ')}.`;
}
