import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { covid } from '@weir/testing';

const HEADER = 'date,region,new_cases,new_deaths,new_recovered,new_hospitalized';
const DAY = 86_400_000;
const LAST_DAILY = Date.UTC(2023, 4, 15);
const WEEKS = 5;

/**
 * Writes a history of the sample's shape and regions, but of as many days as asked for: several files of days up to the
 * cut, with a blank now and then, and one of weeks after it. The same seed, the same files.
 * @returns what COVID_HISTORY is set to.
 */
export async function generateHistory(folder: string, days: number, files: number, seed: number): Promise<string> {
  const regions = await historyNames();
  const random = generator(seed);
  const row = (at: number, region: string, most: number, blanks: number) =>
    [dayOf(at), region, ...[1, 2, 3, 4].map(() => (random() < blanks ? '' : most + Math.floor(random() * most)))].join(
      ',',
    );

  await mkdir(folder, { recursive: true });
  for (let file = 0; file < files; file += 1) {
    const lines = [HEADER];
    const [first, end] = [Math.floor((file * days) / files), Math.floor(((file + 1) * days) / files)];
    for (let day = first; day < end; day += 1) {
      for (const region of regions) lines.push(row(LAST_DAILY - (days - 1 - day) * DAY, region, 100, 0.02));
    }
    await writeFile(join(folder, `daily-${file}.csv`), `${lines.join('\n')}\n`);
  }
  const weeks = [HEADER];
  for (let week = 1; week <= WEEKS; week += 1) {
    // More than a day's figure, so that something is left for the other days of the week that straddles the cut.
    for (const region of regions) weeks.push(row(LAST_DAILY + (7 * week - 1) * DAY, region, 1_000, 0));
  }
  await writeFile(join(folder, 'weekly.csv'), `${weeks.join('\n')}\n`);
  return join(folder, '*.csv');
}

async function historyNames(): Promise<string[]> {
  const [, ...lines] = (await readFile(new URL('regions.csv', covid), 'utf8')).trimEnd().split('\n');
  return lines.map((line) => line.split(',')[2] ?? '');
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
