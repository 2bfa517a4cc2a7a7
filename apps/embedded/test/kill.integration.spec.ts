import { join } from 'node:path';
import type { IncidenceRow } from '@weir/incidence';
import { WeirError } from '@weir/pipeline';
import {
  allRows,
  environment,
  expectNothingLostOrDoubled,
  type FoundRow,
  killPrograms,
  operationsOf,
  Program,
  register,
  type Settings,
  start,
  type TestFolder,
  testFolder,
  untilReady,
} from '@weir/testing';
import { lockHome } from '../src/home/owner-lock.js';
import { generateHistory, generator } from './generated-history.js';

/**
 * SIGKILL at random moments of a load: the next start takes it up, and readers see exactly what they would have seen.
 * Nothing lost, nothing twice, nothing left open. The moments are spread over what a load takes here and now.
 */

const SEED = 20_231_231;
const DAYS = 18_000;
const FRESH_HOMES = 4;
const KILLS_OF_ONE_HOME = 6;

/** A machine that is busy with something else loads ten times more slowly. */
const PATIENCE = 600_000;

const commandLine = new URL('../../cli/bin/weir.js', import.meta.url);
const random = generator(SEED);

let folder: TestFolder;
let history: string;
/** Milliseconds from a start to its being ready, undisturbed. */
let wholeLoad: number;
/** What readers see after an undisturbed load. */
let undisturbed: readonly FoundRow[];

beforeAll(async () => {
  folder = await testFolder();
  history = await generateHistory(join(folder.path, 'history'), DAYS, 4, SEED);
  const began = Date.now();
  const system = start(settings('undisturbed'));
  const address = await untilReady(system);
  wholeLoad = Date.now() - began;
  undisturbed = await readable(address);
  await system.end('SIGINT');
}, PATIENCE);

afterEach(killPrograms);

afterAll(async () => {
  await folder.remove();
});

it('the undisturbed load has every row of the history and the page', () => {
  expect(undisturbed).toHaveLength(14 * (DAYS + 5 * 7 - 1 + 7));
});

it.each(moments(FRESH_HOMES))(
  'a fresh home killed after %f of a load is whole after the next start',
  async (share) => {
    await killAfter(share * wholeLoad, start(settings(`fresh-${share}`)));
    await expectWhole(`fresh-${share}`);
  },
  PATIENCE,
);

it(
  `one home killed ${KILLS_OF_ONE_HOME} times over is whole in the end`,
  async () => {
    for (const share of moments(KILLS_OF_ONE_HOME)) await killAfter(share * wholeLoad, start(settings('tormented')));
    await expectWhole('tormented');
  },
  PATIENCE,
);

it(
  'a `weir run` killed with the process that it started is taken up by the next one',
  async () => {
    const killed = new Program(commandLine, ['run', 'covid'], environment(settings('command')));
    await killed.until(/transforming/);
    const owner = await ownerOf(join(folder.path, 'command'));
    process.kill(owner, 'SIGKILL');
    await killed.end('SIGKILL');

    const again = new Program(commandLine, ['run', 'covid', '--json'], environment(settings('command')));
    expect(await again.ended).toEqual({ status: 0, signal: null });
    await expectWhole('command');
  },
  PATIENCE,
);

/** Shares of a load, one at random out of each of as many equal parts, in random order. */
function moments(count: number): number[] {
  const shares = Array.from({ length: count }, (_, part) => Math.round(((part + random()) / count) * 1000) / 1000);
  return shares
    .map((share) => ({ share, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ share }) => share);
}

function settings(home: string): Settings {
  return { ...folder.home(home), COVID_HISTORY: history };
}

async function killAfter(milliseconds: number, program: Program): Promise<void> {
  const timer = setTimeout(() => void program.end('SIGKILL'), milliseconds);
  const { signal } = await program.ended;
  clearTimeout(timer);
  if (signal !== 'SIGKILL') throw new Error(`ended by itself:\n${program.stdout}${program.stderr}`);
}

/** Starts the home once more, undisturbed, and compares what it serves. */
async function expectWhole(home: string): Promise<void> {
  const system = start(settings(home));
  await expectNothingLostOrDoubled({ produced: undisturbed, readable: await readable(await untilReady(system)) });
  const runs = await operationsOf(settings(home)).runs({ limit: 20 });
  expect(runs.filter(({ status }) => !['succeeded', 'nothing_new'].includes(status))).toEqual([]);
  expect(await system.end('SIGINT')).toEqual({ status: 0, signal: null });
}

/** What a reader gets, without the run and revision that brought it. */
async function readable(address: string): Promise<FoundRow[]> {
  const rows = await allRows(address, await register(address, `reader-${Date.now()}@example.org`));
  return rows.map(({ run_id: _run, revision: _revision, region, date, filled, ...figures }: IncidenceRow) => ({
    dataset: 'covid',
    region,
    date,
    figures: { ...figures, filled: filled.join() },
  }));
}

/** Which process has a home, as it is told to whoever else wants it. */
async function ownerOf(home: string): Promise<number> {
  try {
    (await lockHome(home)).release();
  } catch (error) {
    if (error instanceof WeirError && typeof error.details?.pid === 'number') return error.details.pid;
    throw error;
  }
  throw new Error(`nobody has ${home}`);
}
