import { eventually } from '@weir/testing';
import { expectWhole, lettersOf } from '../figures-under-test.js';
import { fullSpeed, middleOfBackfill, runOf, succeeded, workerThatExecutes } from '../runs-under-test.js';
import { docker, operator, restore, upWithFaults } from '../stack-under-test.js';

/** Three workers, and each loses one in the middle of a backfill. */
const PATIENCE = 600_000;

beforeAll(() => upWithFaults({ workers: 3 }), PATIENCE);
// Whoever was killed is started again: the next test, and the next file, find three.
afterEach(() => restore(), PATIENCE);

/** The attempts of the step that was under way when its worker went. */
async function attempts(run_id: string): Promise<number> {
  const { tasks } = await runOf(run_id);
  return Math.max(...tasks.map((task) => task.attempts));
}

it(
  'SIGKILLed in the middle of a backfill: another goes on at the cursor, and within 120 s all is readable',
  async () => {
    const { source, run } = await middleOfBackfill('worker-killed');
    const worker = await workerThatExecutes('load_data', run);
    await docker('kill', '--signal', 'KILL', worker.id);
    await fullSpeed();
    await succeeded(run, source, 120);
    expect(await attempts(run)).toBeGreaterThan(1);
    await expectWhole(source);
    expect(await lettersOf(source.name)).toEqual([]);
  },
  PATIENCE,
);

it(
  'SIGTERMed in the middle of a backfill: exits with 0 within its 60 s, and within 90 s more all is readable',
  async () => {
    const { source, run } = await middleOfBackfill('worker-stopped');
    const worker = await workerThatExecutes('load_data', run);
    await docker('kill', '--signal', 'TERM', worker.id);
    const { stdout: status } = await eventuallyExited(worker.id, 60);
    expect(status.trim()).toBe('0');
    await fullSpeed();
    await succeeded(run, source, 90);
    await expectWhole(source);
    expect(await lettersOf(source.name)).toEqual([]);
  },
  PATIENCE,
);

it(
  'paused past its heartbeat, then woken: another has done its work within 120 s, and the woken one adds no row',
  async () => {
    const { source, run } = await middleOfBackfill('worker-paused');
    const worker = await workerThatExecutes('load_data', run);
    await docker('pause', worker.id);
    await fullSpeed();
    try {
      await succeeded(run, source, 120);
    } finally {
      await docker('unpause', worker.id);
    }
    expect(await attempts(run)).toBeGreaterThan(1);
    const woken = new Date().toISOString();
    await eventually('the woken worker is there, and does nothing any more', 60, async () => {
      const { data } = await (await operator()).get('/workers');
      return data.some(
        ({ host, last_seen, running }) => worker.id.startsWith(host) && last_seen > woken && running.length === 0,
      );
    });
    await expectWhole(source);
    expect(await lettersOf(source.name)).toEqual([]);
  },
  PATIENCE,
);

/** @returns what `docker wait` says: the exit status. */
async function eventuallyExited(id: string, seconds: number) {
  await eventually(`${id} has exited`, seconds, async () => {
    const { stdout } = await docker('inspect', '--format', '{{.State.Running}}', id);
    return stdout.trim() === 'false';
  });
  return docker('wait', id);
}
