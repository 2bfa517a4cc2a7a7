import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '@weir/testing';
import { expectWhole, lettersOf } from '../figures-under-test.js';
import { GeneratedSource } from '../generated-source.js';
import { runsOf, succeeded, untilStep } from '../runs-under-test.js';
import { compose, containers, docker, restore, upWithFaults } from '../stack-under-test.js';
import { schedule, temporal } from '../temporal-under-test.js';

/** One pipeline with a schedule of every minute, the shortest that there is, and the times of the real clock. */
const PATIENCE = 600_000;
const MINUTE = 60_000;
const source = new GeneratedSource('every-minute', { regions: 2, days: 500 });

beforeAll(async () => {
  await upWithFaults();
  await source.write({ schedule: { cron: '* * * * *', catch_up: '10m' } });
}, PATIENCE);

afterEach(() => restore(), PATIENCE);

afterAll(async () => {
  await source.remove();
}, PATIENCE);

it(
  'overlapping: a time that comes while a run is under way begins no other, and the schedule says that it skipped it within 75 s',
  async () => {
    const [connect] = await containers('connect');
    // What is published cannot be read: the run stays under way.
    await docker('pause', connect?.id ?? '');
    let first: string;
    try {
      // A new schedule is found, and begins with a run at once.
      first = await eventually('a scheduled run', 120, async () => (await runsOf(source))[0]?.run_id);
      await untilStep('commit_run', first, 120);
      const before = Number((await schedule(source.name)).overlapSkipped ?? 0);
      await eventually(
        'a time was skipped',
        75,
        async () => Number((await schedule(source.name)).overlapSkipped ?? 0) > before,
      );
      expect((await runsOf(source)).map(({ run_id, status }) => [run_id, status])).toEqual([[first, 'running']]);
    } finally {
      await docker('unpause', connect?.id ?? '');
    }
    await succeeded(first, source, 90);
    await expectWhole(source);
    expect(await lettersOf(source.name)).toEqual([]);
  },
  PATIENCE,
);

it(
  'missed while Temporal was down: caught up within 60 s of its return, once for each time, and nothing is loaded twice',
  async () => {
    // Not so near to a full minute that stopping would miss it, and with no run under way, which would let it be skipped.
    await eventually('the middle of a minute', 120, async () => {
      const idle = (await runsOf(source)).every(({ finished_at }) => finished_at !== null);
      return idle && Date.now() % MINUTE > 5_000 && Date.now() % MINUTE < 45_000;
    });
    await compose(['stop', 'temporal']);
    const missed = Math.ceil(Date.now() / MINUTE) * MINUTE;
    await pause(missed + 3_000 - Date.now());
    await compose(['start', 'temporal']);
    const isMissed = (time: string) => Date.parse(time) === missed;
    const caughtUp = await eventually(
      `the run of ${new Date(missed).toISOString()}`,
      60,
      async () => (await schedule(source.name)).recentActions?.find(({ scheduleTime }) => isMissed(scheduleTime)),
      () => schedule(source.name),
    );
    expect(Date.parse(caughtUp.actualTime)).toBeGreaterThan(missed + 3_000);
    const id = caughtUp.startWorkflowResult?.workflowId ?? '';
    expect(id).toBe(`${source.name}/schedule-${new Date(missed).toISOString().slice(0, 19)}Z`);
    const outcome = await temporal('workflow', 'result', '--workflow-id', id, '--output', 'json');
    expect(outcome).toContain('nothing_new');
    await expectWhole(source);
    expect((await schedule(source.name)).missedCatchupWindow ?? '0').toBe('0');
  },
  PATIENCE,
);
