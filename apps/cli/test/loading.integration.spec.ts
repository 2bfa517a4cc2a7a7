import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IssuedKey } from '@weir/accounts';
import type { RunDetails } from '@weir/operations';
import type { Run } from '@weir/orchestration';
import { testFolder, type TestFolder } from '@weir/testing';
import {
  covid,
  figuresOf,
  HISTORY_ROWS,
  killSystems,
  PAGE_ROWS,
  rowsAt,
  startSystem,
  weir,
  weirJson,
  type Settings,
} from './weir.js';

/** What readers see of what `npx weir run` loads, with the real programs. */

/** Milliseconds for a test that starts ten processes, on a machine that is busy with something else. */
const PATIENCE = 600_000;

let folder: TestFolder;

beforeAll(async () => {
  folder = await testFolder();
});

afterAll(async () => {
  await killSystems();
  await folder.remove();
});

describe('a history that is loaded step by step', () => {
  it(
    'shows the same rows as one that a start loads in one run',
    async () => {
      const steps = folder.home('steps');
      const published = async (step: string) => {
        const { status, answer } = await weirJson<RunDetails>(steps, ['run', 'covid', '--only', step]);
        expect([status, answer.status]).toEqual([0, 'succeeded']);
        return [answer.branch, answer.counts.published];
      };
      const early = await weir(steps, ['run', 'covid', '--only', 'transform']);
      expect(early).toMatchObject({ status: 1, stdout: '' });
      expect(early.stderr).toMatch(/artefact_missing: .*Run --only extract first/);
      const branches = [
        ['backfill', HISTORY_ROWS],
        ['update', PAGE_ROWS],
      ];
      for (const [branch, rows] of branches) {
        expect(await published('extract')).toEqual([branch, 0]);
        expect(await published('transform')).toEqual([branch, 0]);
        expect(await published('load')).toEqual([branch, rows]);
      }

      const stepByStep = await served(steps);
      expect(stepByStep.lastRun).toMatchObject({ branch: 'update', status: 'nothing_new' });
      const whole = await served(folder.home('whole'));
      expect(whole.lastRun).toMatchObject({ branch: 'update', status: 'succeeded' });
      expect(whole.figures).toHaveLength(HISTORY_ROWS + PAGE_ROWS);
      expect(stepByStep.figures).toEqual(whole.figures);
    },
    PATIENCE,
  );

  /** What the API shows of a home after a start, and what the start's last run was. */
  async function served(settings: Settings) {
    const system = await startSystem(settings);
    const key = await keyOf(settings);
    const { answer } = await weirJson<{ data: Run[] }>(settings, ['status']);
    const rows = await rowsAt(system.address, key);
    await system.stop();
    return { figures: figuresOf(rows), lastRun: answer.data[0] };
  }
});

describe('a history that changes', () => {
  let system: Awaited<ReturnType<typeof startSystem>>;
  let key: string;
  let settings: Settings;
  const daily = () => join(folder.path, 'history/daily.csv');

  beforeAll(async () => {
    await cp(join(covid, 'sample/history'), join(folder.path, 'history'), { recursive: true });
    settings = { ...folder.home('changing'), COVID_HISTORY: join(folder.path, 'history/*.csv') };
    system = await startSystem(settings);
    key = await keyOf(settings);
  });

  afterAll(() => system.stop());

  it('is loaded again without a trace where it is the same', async () => {
    const before = await rowsAt(system.address, key);
    const { status, answer } = await weirJson<RunDetails>(settings, ['run', 'covid', '--branch', 'backfill']);
    expect(status).toBe(0);
    expect(answer).toMatchObject({ branch: 'backfill', status: 'succeeded', counts: { published: 0 } });
    expect(await rowsAt(system.address, key)).toEqual(before);
  });

  it('has the row withdrawn that it lost, and no other; the page keeps its rows', async () => {
    const before = await rowsAt(system.address, key);
    const text = await readFile(daily(), 'utf8');
    const shorter = text.replace(/^2021-03-04,Northmarch,.*\n/m, '');
    expect(text.length - shorter.length).toBeGreaterThan(0);
    await writeFile(daily(), shorter);
    const { answer } = await weirJson<RunDetails>(settings, ['run', 'covid', '--branch', 'backfill']);
    expect(answer).toMatchObject({ status: 'succeeded', counts: { published: 1 } });

    const after = await rowsAt(system.address, key);
    expect(after).toEqual(before.filter(({ region, date }) => !(region === 'XA-01' && date === '2021-03-04')));
    expect(after).toHaveLength(before.length - 1);
    expect(after.filter(({ date }) => date >= '2024-01-01')).toHaveLength(PAGE_ROWS);
  });

  it('has it back when the history has it back', async () => {
    await cp(join(covid, 'sample/history/daily.csv'), daily());
    const { answer } = await weirJson<RunDetails>(settings, ['run', 'covid', '--branch', 'backfill']);
    expect(answer).toMatchObject({ status: 'succeeded', counts: { published: 1 } });
    const rows = await rowsAt(system.address, key);
    expect(rows.filter(({ region, date }) => region === 'XA-01' && date === '2021-03-04')).toHaveLength(1);
  });

  it('is a failed run with a reason, and status 1, where it is gone', async () => {
    const before = await rowsAt(system.address, key);
    await rm(join(folder.path, 'history'), { recursive: true });
    const { status, answer } = await weirJson<RunDetails>(settings, ['run', 'covid', '--branch', 'backfill']);
    expect(status).toBe(1);
    expect(answer).toMatchObject({ status: 'failed', error: { code: 'source_not_found' }, counts: { published: 0 } });
    expect(await rowsAt(system.address, key)).toEqual(before);
  });
});

async function keyOf(settings: Settings): Promise<string> {
  const words = ['keys', 'create', '--email', 'reader@example.org', '--scopes', 'data'];
  return (await weirJson<IssuedKey>(settings, words)).answer.api_key;
}
