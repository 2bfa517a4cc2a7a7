import { setTimeout as after } from 'node:timers/promises';
import type { Progress } from '@weir/orchestration';
import { WeirError, type Plan } from '@weir/pipeline';
import { eventually } from '@weir/testing';
import { engineUnderTest, removeBundle, type EngineUnderTest } from './engine-under-test.js';

let under: EngineUnderTest;
afterEach(() => under.close());
afterAll(removeBundle);

const plan = (more: Partial<Plan['schedule']> = {}, name = 'covid') =>
  ({ name, dataset: 'covid', schedule: { cron: '0 0 1 1 *', overlap: 'skip', catchUpSeconds: 600, ...more } }) as Plan;

describe('a run', () => {
  it('is executed by whichever worker comes, and followed to its end', async () => {
    under = await engineUnderTest();
    const input = await under.recorded();
    await under.engine.start(input);
    const following = under.engine.follow(input, () => undefined);
    await under.work();
    expect(await following).toEqual({ run_id: input.run_id, status: 'nothing_new', error: null });
    expect(under.called).toEqual(['open_run', 'check_history', 'close_run']);
    expect(await under.runs.find(input.run_id)).toMatchObject({ status: 'nothing_new' });
  });

  it('begins once, however often it is asked for, also when it has ended', async () => {
    under = await engineUnderTest();
    const input = await under.recorded({ execution: `covid/an idempotency key of ${Date.now()}` });
    await Promise.all(Array.from({ length: 20 }, () => under.engine.start(input)));
    await under.work();
    await under.engine.follow(input, () => undefined);
    await under.engine.start(input);
    expect(under.called.filter((step) => step === 'open_run')).toHaveLength(1);
  });

  it('that fails tells its failure whole', async () => {
    const failure = new WeirError('no_rows', 'an empty page', { details: { file: 'page.html' } });
    under = await engineUnderTest({
      async check_history() {
        throw failure;
      },
    });
    const input = await under.recorded();
    await under.engine.start(input);
    await under.work();
    expect(await under.engine.follow(input, () => undefined)).toEqual({
      run_id: input.run_id,
      status: 'failed',
      error: failure.toFailure(),
    });
    expect(await under.engine.isOpen(input)).toBe(false);
  });

  it('tells how far it has got, and hands its cursor to the next attempt', async () => {
    const cursors: unknown[] = [];
    let seen: () => void = () => undefined;
    const progressSeen = new Promise<void>((resolve) => (seen = resolve));
    under = await engineUnderTest({
      async check_history(_, { cursor, heartbeat }) {
        cursors.push(cursor);
        heartbeat({ at: cursors.length });
        tellProgress(input.run_id);
        if (cursors.length === 1) {
          await progressSeen;
          throw new WeirError('source_timeout', 'slow', { retryable: true });
        }
        return { branch: 'update', nothing_to_do: true, reason: 'the spec says so' };
      },
    });
    const { tellProgress: tell } = await import('../src/worker/index.js');
    const tellProgress = (run_id: string) =>
      tell({ run_id, pipeline: 'covid', step: 'check_history', done: 3, total: 9, unit: 'rows' });
    const input = await under.recorded();
    await under.engine.start(input);
    await under.work();
    const heard: Progress[] = [];
    await under.engine.follow(input, (progress) => {
      heard.push(progress);
      seen();
    });
    expect(heard[0]).toMatchObject({ step: 'check_history', done: 3, total: 9 });
    expect(cursors).toEqual([null, { at: 1 }]);
  });
});

describe('a run that is cancelled', () => {
  it('closes its record when the step under way has come to a safe place', async () => {
    let ended = false;
    under = await engineUnderTest({
      async check_history(_, { signal }) {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        await after(200);
        ended = true;
        throw new Error('interrupted');
      },
      async close_run({ run_id, status, counts, warnings }) {
        if (!ended) throw new WeirError('too_early', 'the step is still under way');
        await under.runs.end({ run_id, status, counts, warnings, error: null });
        return { status, error: null };
      },
    });
    const input = await under.recorded();
    await under.engine.start(input);
    await under.work();
    await eventually('the step is under way', 30, async () => under.called.includes('check_history'));
    await under.engine.cancel(input);
    expect(await under.engine.follow(input, () => undefined)).toEqual({
      run_id: input.run_id,
      status: 'cancelled',
      error: null,
    });
    expect(await under.runs.find(input.run_id)).toMatchObject({ status: 'cancelled' });
    await under.engine.cancel(input);
  });
});

describe('a worker that stops', () => {
  it('hands back the step that it holds, and another goes on with it', async () => {
    let attempts = 0;
    under = await engineUnderTest({
      async check_history(_, { signal }) {
        attempts += 1;
        if (attempts === 1) {
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
          throw new Error('interrupted');
        }
        return { branch: 'update', nothing_to_do: true, reason: 'the spec says so' };
      },
    });
    const input = await under.recorded();
    await under.engine.start(input);
    const first = await under.work();
    await eventually('the step is under way', 30, async () => attempts === 1);
    first.stop();
    await first.ended;
    await under.work();
    expect(await under.engine.follow(input, () => undefined)).toMatchObject({ status: 'nothing_new' });
    expect(attempts).toBe(2);
  });
});

describe('a schedule', () => {
  it('is made as the pipeline file declares it, and begins with a run that nobody recorded before', async () => {
    under = await engineUnderTest();
    await under.work();
    expect(await under.engine.schedules.keep([plan()], [])).toEqual([{ pipeline: 'covid', change: 'created' }]);
    await eventually('the run has ended', 30, async () => {
      const [run] = await under.runs.list({ limit: 1 });
      return run?.status === 'nothing_new';
    });
    const [run] = await under.runs.list({ limit: 1 });
    const input = await under.runs.inputOf(run!.run_id);
    expect(input?.execution).toMatch(/^covid\/schedule-\d{4}-\d\d-\d\dT/);
    await eventually('its workflow has ended', 30, async () => !(await under.engine.isOpen(input!)));
  });

  it('is left alone while the file says the same, changed with it, and removed with it', async () => {
    under = await engineUnderTest();
    const { schedules } = under.engine;
    await schedules.keep([plan()], []);
    expect(await schedules.keep([plan()], [])).toEqual([]);
    expect(await schedules.keep([plan({ catchUpSeconds: 60 })], [])).toEqual([
      { pipeline: 'covid', change: 'updated' },
    ]);
    expect(await schedules.keep([plan({ catchUpSeconds: 60 })], [])).toEqual([]);
    // A file with mistakes says nothing about its schedule.
    expect(await schedules.keep([], ['covid'])).toEqual([]);
    await eventually('the schedule is listed', 30, async () => (await schedules.keep([], [])).length === 1);
  });

  it('is made once, by however many workers', async () => {
    under = await engineUnderTest();
    const made = await Promise.all(Array.from({ length: 5 }, () => under.engine.schedules.keep([plan()], [])));
    expect(made.flat().filter(({ change }) => change === 'created')).toHaveLength(1);
  });
});

it('says that Temporal is away where it is', async () => {
  under = await engineUnderTest();
  await under.engine.ping();
  const { TemporalEngine } = await import('../src/index.js');
  const nobody = new TemporalEngine({ address: '127.0.0.1:1', namespace: 'default', taskQueue: 'none' });
  await expect(nobody.ping()).rejects.toMatchObject({ code: 'dependency_unavailable', retryable: true });
  await nobody.close();
});
