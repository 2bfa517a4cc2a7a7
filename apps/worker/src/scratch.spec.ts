import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { jest } from '@jest/globals';
import type { Worker } from '@weir/operations';
import { openScratch, sweepScratch } from './scratch.js';

/** Real: the folders. The directory of workers is a list. */
const HOUR = 60 * 60 * 1000;
let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'weir-scratch-'));
});
afterEach(() => rm(home, { recursive: true }));

const workersOn = (...hosts: string[]) => ({ all: async () => hosts.map((host) => ({ host }) as Worker) });

/** What a worker had spilt, all of it so many hours old. */
async function spilt(host: string, hours: number): Promise<{ readonly folder: string; readonly file: string }> {
  const folder = join(home, 'scratch', host);
  const spill = join(folder, 'step-Xy12', 'spill');
  const file = join(spill, 'duckdb_temp_storage-0.tmp');
  await mkdir(spill, { recursive: true });
  await writeFile(file, 'x');
  for (const path of [file, spill, dirname(spill), folder]) await age(path, hours);
  return { folder, file };
}

async function age(path: string, hours: number): Promise<void> {
  const then = new Date(Date.now() - hours * HOUR);
  await utimes(path, then, then);
}

async function own(): Promise<string> {
  const { folder, close } = await openScratch(home, 'me');
  close();
  return folder;
}

it("begins with an empty folder, and leaves other hosts' alone", async () => {
  const mine = await spilt('me', 1);
  const other = await spilt('other', 1);
  expect(await own()).toBe(mine.folder);
  expect(await readdir(mine.folder)).toEqual([]);
  expect(existsSync(other.file)).toBe(true);
});

it('removes what a killed worker left, a day later', async () => {
  const killed = await spilt('killed', 25);
  const lately = await spilt('lately', 23);
  const folder = await own();
  expect(await sweepScratch(folder, workersOn('me'))).toEqual(['killed']);
  expect(existsSync(killed.folder)).toBe(false);
  expect(existsSync(lately.file)).toBe(true);
});

it('never removes that of a worker that is there, nor its own, however old', async () => {
  const living = await spilt('living', 1000);
  const folder = await own();
  await age(folder, 1000);
  expect(await sweepScratch(folder, workersOn('living'))).toEqual([]);
  expect([existsSync(living.file), existsSync(folder)]).toEqual([true, true]);
});

it('takes one new file deep inside for a sign of life', async () => {
  const quiet = await spilt('quiet', 1000);
  await age(quiet.file, 1);
  expect(await sweepScratch(await own(), workersOn('me'))).toEqual([]);
  expect(existsSync(quiet.file)).toBe(true);
});

it('removes nothing where it cannot be told who is there', async () => {
  const killed = await spilt('killed', 25);
  const away = { all: () => Promise.reject(new Error('PostgreSQL is away')) };
  await expect(sweepScratch(await own(), away)).rejects.toThrow('PostgreSQL is away');
  expect(existsSync(killed.file)).toBe(true);
});

it('keeps its folder young while the process lives', async () => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
  try {
    const { folder, close } = await openScratch(home, 'me');
    await age(folder, 1000);
    const old = (await stat(folder)).mtimeMs;
    jest.advanceTimersByTime(HOUR);
    while ((await stat(folder)).mtimeMs === old) await new Promise(setImmediate);
    close();
    expect(jest.getTimerCount()).toBe(0);
  } finally {
    jest.useRealTimers();
  }
});
