import { createWriteStream } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const DAY = 86_400_000;
const FIRST = Date.UTC(2020, 0, 1);
/** The last day that has a row of its own; the pipeline's `cut`. */
export const CUT = '2023-05-15';
const DAYS = (Date.parse(CUT) - FIRST) / DAY + 1;
const WEEKS = 33;
/** Rows of one region in the file: a row a day up to the cut, a row a week after it. */
const ROWS = DAYS + WEEKS;
const HEADER = 'date,region,new_cases,new_deaths,new_recovered,new_hospitalized\n';

/**
 * A history of the flagship's shape, in the order in which such files come (by day), with a blank figure in every
 * fiftieth place; and the flagship's pipeline over it, with a dictionary of its regions.
 * @returns how many rows there are: the file's, and those that readers are to see.
 */
export async function writeHistory(folder, wanted) {
  const regions = Math.max(1, Math.round(wanted / ROWS));
  const names = Array.from({ length: regions }, (_, n) => `Region ${n}, of the bench`);
  const csv = join(folder, 'history.csv');
  await mkdir(folder, { recursive: true });
  const file = createWriteStream(csv);
  file.write(HEADER);
  let state = 20230515;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const figure = (most) => (random() < 0.02 ? '' : Math.floor(random() * most));
  for (let n = 0; n < DAYS + WEEKS; n += 1) {
    const weekly = n >= DAYS;
    const day = weekly ? DAYS + 7 * (n - DAYS) + 5 : n;
    const date = new Date(FIRST + day * DAY).toISOString().slice(0, 10);
    // More than a day's figure, so that something is left for the other days of the week that straddles the cut.
    const most = weekly ? () => 7_000 + Math.floor(random() * 7_000) : (top) => figure(top);
    const lines = names.map((name) => `${date},"${name}",${most(1_000)},${most(20)},${most(900)},${most(100)}\n`);
    if (!file.write(lines.join(''))) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');

  const pipeline = join(folder, 'pipelines/covid');
  await mkdir(pipeline, { recursive: true });
  const yaml = await readFile(join(root, 'pipelines/covid/pipeline.yaml'), 'utf8');
  // The backfill alone, and once: no page, and no schedule; of a file that may be as large as is asked for.
  const alone = yaml
    .replace(/schedule:\n.*\n/, '')
    .replace(/ {2}# Looks whether[^]*?(?=# Both branches)/, '')
    .replace(/( +)paths: .*\n/, '$&$1fetch: { max_size: 1000GB }\n');
  await writeFile(join(pipeline, 'pipeline.yaml'), alone);
  const dictionary = names.map((name, n) => `R-${String(n).padStart(5, '0')},"${name}","${name}","${name}"`);
  await writeFile(join(pipeline, 'regions.csv'), `code,name,history_name,page_name\n${dictionary.join('\n')}\n`);
  return {
    folder,
    rows: regions * ROWS,
    readable: regions * (DAYS + 7 * WEEKS - 1),
  };
}
