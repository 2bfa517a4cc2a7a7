import { MemoryRunRepository } from '@weir/adapter-memory';
import { WeirError } from '@weir/pipeline';
import { runInput, scripted, type Scripted } from '../../test/scripted-activities.js';
import type { Activities } from '../contract/activities.js';
import type { IngestInput } from '../contract/run.js';
import { InlineEngine } from './inline-engine.js';

let runs: MemoryRunRepository;
let stopping: AbortController;
beforeEach(() => {
  runs = new MemoryRunRepository();
  stopping = new AbortController();
});

/** The first retry comes after a second (base to the power of 0); those after it at once. */
const settings = { maxRetries: 2, backoffBase: 0 };
const engineOf = ({ activities }: Scripted) => new InlineEngine(activities, runs, settings, stopping.signal);
const created = async (more: Partial<IngestInput> = {}) => {
  const input = runInput(more);
  await runs.create(input, 'covid');
  return input;
};
const attempts = async ({ run_id }: IngestInput, name: string) =>
  (await runs.tasks(run_id)).find((task) => task.name === name)?.attempts;

/** A step that says when a run has come to it, and waits until that run may go on. */
class Gate {
  private readonly reached = new Map<string, () => void>();
  private readonly opened = new Map<string, () => void>();
  private readonly arrivals = new Map<string, Promise<void>>();
  private readonly openings = new Map<string, Promise<void>>();

  readonly step: Activities['extract'] = async ({ run_id }) => {
    void this.arrival(run_id);
    this.reached.get(run_id)?.();
    await this.opening(run_id);
    return { files: 1, bytes: 1 };
  };

  arrival(runId: string): Promise<void> {
    return remembered(this.arrivals, this.reached, runId);
  }

  async open(runId: string): Promise<void> {
    void this.opening(runId);
    this.opened.get(runId)?.();
  }

  private opening(runId: string): Promise<void> {
    return remembered(this.openings, this.opened, runId);
  }
}

function remembered(promises: Map<string, Promise<void>>, resolvers: Map<string, () => void>, key: string) {
  const promise = promises.get(key) ?? new Promise<void>((resolve) => resolvers.set(key, resolve));
  promises.set(key, promise);
  return promise;
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('a run', () => {
  it('records every step as a task with what it gave', async () => {
    const script = scripted(runs, 'backfill');
    const input = await created();
    const result = await engineOf(script).execute(input);
    expect(result).toEqual({ run_id: input.run_id, status: 'succeeded', error: null });
    const tasks = await runs.tasks(input.run_id);
    expect(tasks.map(({ name }) => name)).toEqual(script.steps());
    expect(tasks.every(({ status, attempts }) => status === 'succeeded' && attempts === 1)).toBe(true);
    expect(tasks.find(({ name }) => name === 'extract')?.result).toEqual({ files: 1, bytes: 100 });
    expect(tasks.find(({ name }) => name === 'open_run')?.result).toBeNull();
  });

  it('sees of what a step gives only what JSON can carry, as after a workflow’s history', async () => {
    const outcome = {
      rows_file: 'rows.parquet',
      plan_hash: 'plan',
      sources_hash: 'sources',
      rows: Number.NaN,
      extracted: 4,
      rejected: 1,
      warnings: [{ code: 'late', message: new Date(0) as unknown as string, count: 1, gone: undefined }],
    };
    const script = scripted(runs, 'backfill', { transform: async () => outcome });
    await engineOf(script).execute(await created());
    expect(script.inputOf('close_run')).toMatchObject({
      warnings: [{ code: 'late', message: '1970-01-01T00:00:00.000Z', count: 1 }],
    });
    expect((script.inputOf('close_run') as { warnings: object[] }).warnings[0]).not.toHaveProperty('gone');
  });

  it('hands every step a copy: what a step does to its input changes nothing for the next', async () => {
    const script = scripted(runs, 'backfill', {
      async extract(input) {
        (input as { pipeline: string }).pipeline = 'another';
        return { files: 1, bytes: 1 };
      },
    });
    await engineOf(script).execute(await created());
    expect(script.inputOf('transform')).toMatchObject({ pipeline: 'covid' });
  });

  it('is executed once, however often it is asked for', async () => {
    const script = scripted(runs, 'backfill');
    const engine = engineOf(script);
    const input = await created();
    const [first, second] = await Promise.all([engine.execute(input), engine.execute(input)]);
    expect(second).toBe(first);
    expect(script.steps().filter((step) => step === 'extract')).toHaveLength(1);
  });
});

describe('a step that fails', () => {
  /** Extracts at the nth try. */
  const flaky = (failures: readonly Error[]) => {
    const left = [...failures];
    return scripted(runs, 'backfill', {
      async extract() {
        const error = left.shift();
        if (error) throw error;
        return { files: 1, bytes: 1 };
      },
    });
  };
  const passing = () => new WeirError('source_timeout', 'slow', { retryable: true });

  it('is tried again after a second where its failure may pass, and the run goes on', async () => {
    const script = flaky([passing(), passing()]);
    const input = await created();
    const began = performance.now();
    expect(await engineOf(script).execute(input)).toMatchObject({ status: 'succeeded' });
    expect(performance.now() - began).toBeGreaterThan(990);
    expect(await attempts(input, 'extract')).toBe(3);
    expect(await attempts(input, 'transform')).toBe(1);
  });

  it('fails the run when it has been tried as often as the settings say', async () => {
    const script = flaky([passing(), passing(), passing(), passing()]);
    const input = await created();
    expect(await engineOf(script).execute(input)).toMatchObject({
      status: 'failed',
      error: { code: 'source_timeout', message: 'slow', retryable: true },
    });
    expect(await attempts(input, 'extract')).toBe(3);
    expect(await runs.find(input.run_id)).toMatchObject({ status: 'failed', error: { code: 'source_timeout' } });
  });

  it('is not tried again where that cannot help', async () => {
    const script = flaky([new WeirError('no_rows', 'an empty page', { details: { at: new Date(0) } })]);
    const input = await created();
    const { error } = await engineOf(script).execute(input);
    expect(await attempts(input, 'extract')).toBe(1);
    expect(error).toEqual({
      code: 'no_rows',
      message: 'an empty page',
      retryable: false,
      details: { at: '1970-01-01T00:00:00.000Z' },
    });
    const [task] = (await runs.tasks(input.run_id)).filter(({ name }) => name === 'extract');
    expect(task).toMatchObject({ status: 'failed', error, result: null });
  });

  it('is tried again where the failure is a surprise, which is an internal_error', async () => {
    const script = flaky([new TypeError('x is undefined')]);
    const input = await created();
    expect(await engineOf(script).execute(input)).toMatchObject({ status: 'succeeded' });
    expect(await attempts(input, 'extract')).toBe(2);
  });
});

describe('runs', () => {
  it('of one pipeline go one after the other, of two side by side', async () => {
    const gate = new Gate();
    const script = scripted(runs, 'backfill', { extract: gate.step });
    const engine = engineOf(script);
    const [first, second, other] = [await created(), await created(), await created({ pipeline: 'flu' })];
    const ended = [first, second, other].map((input) => engine.execute(input));
    await Promise.all([gate.arrival(first.run_id), gate.arrival(other.run_id)]);
    expect(await runs.find(second.run_id)).toMatchObject({ status: 'queued' });
    expect([engine.isBusy('covid'), engine.isBusy('flu'), engine.isBusy('none')]).toEqual([true, true, false]);

    await gate.open(first.run_id);
    await gate.arrival(second.run_id);
    expect(await runs.find(first.run_id)).toMatchObject({ status: 'succeeded' });
    expect(await runs.find(other.run_id)).toMatchObject({ status: 'running' });

    await gate.open(second.run_id);
    await gate.open(other.run_id);
    await Promise.all(ended);
    await engine.settled();
    expect([engine.isBusy('covid'), engine.isBusy('flu')]).toEqual([false, false]);
  });

  it('go on after one whose record could not be kept', async () => {
    const broken = scripted(runs, 'backfill', {
      async close_run({ run_id, status, counts, warnings }) {
        if (run_id === first.run_id) throw new WeirError('query_failed', 'no such table');
        await runs.end({ run_id, status, counts, warnings, error: null });
        return { status, error: null };
      },
    });
    const engine = engineOf(broken);
    const [first, second] = [await created(), await created()];
    const outcomes = await Promise.allSettled([engine.execute(first), engine.execute(second)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(await runs.open()).toEqual([first]);
  });
});

describe('a stop', () => {
  it('lets the step under way end, leaves the run open, and the next process goes on', async () => {
    const gate = new Gate();
    const script = scripted(runs, 'backfill', { extract: gate.step });
    const engine = engineOf(script);
    const input = await created();
    const outcome = engine.execute(input).then(
      () => 'ended',
      (error: Error) => error.message,
    );
    await gate.arrival(input.run_id);
    stopping.abort();
    await gate.open(input.run_id);
    await engine.settled();
    expect(await outcome).toBe('stopping');
    expect(script.steps()).toEqual(['open_run', 'check_history', 'extract']);
    expect(await runs.find(input.run_id)).toMatchObject({ status: 'running', finished_at: null });

    stopping = new AbortController();
    const next = engineOf(scripted(runs, 'backfill'));
    expect(await next.resume()).toEqual([input]);
    await next.settled();
    expect(await runs.find(input.run_id)).toMatchObject({ status: 'succeeded' });
    expect([await attempts(input, 'extract'), await attempts(input, 'transform')]).toEqual([2, 1]);
    expect(await next.resume()).toEqual([]);
  });

  it('does not count a step that it interrupted as the end of the run', async () => {
    const gate = new Gate();
    const script = scripted(runs, 'backfill', {
      async extract(input) {
        await gate.step(input);
        throw new WeirError('stopping', 'the process is stopping');
      },
    });
    const engine = engineOf(script);
    const input = await created();
    const outcome = engine.execute(input).catch((error: Error) => error.message);
    await gate.arrival(input.run_id);
    stopping.abort();
    await gate.open(input.run_id);
    expect(await outcome).toBe('stopping');
    expect(await runs.open()).toEqual([input]);
  });

  it('does not wait for a retry that is a minute away', async () => {
    let failures = 0;
    let failedTwice: () => void = () => undefined;
    const secondFailure = new Promise<void>((resolve) => (failedTwice = resolve));
    const { activities } = scripted(runs, 'backfill', {
      async extract() {
        failures += 1;
        if (failures === 2) failedTwice();
        throw new WeirError('source_timeout', 'slow', { retryable: true });
      },
    });
    const engine = new InlineEngine(activities, runs, { maxRetries: 2, backoffBase: 60 }, stopping.signal);
    const input = await created();
    const outcome = engine.execute(input).catch((error: Error) => error.message);
    await secondFailure;
    await settle();
    stopping.abort();
    expect(await outcome).toBe('stopping');
    expect(failures).toBe(2);
  });

  it('leaves what is queued untouched', async () => {
    const gate = new Gate();
    const script = scripted(runs, 'backfill', { extract: gate.step });
    const engine = engineOf(script);
    const [first, second] = [await created(), await created()];
    const outcomes = Promise.allSettled([engine.execute(first), engine.execute(second)]);
    await gate.arrival(first.run_id);
    stopping.abort();
    await gate.open(first.run_id);
    await outcomes;
    expect(await runs.find(second.run_id)).toMatchObject({ status: 'queued', started_at: null });
    expect(await runs.open()).toEqual([first, second]);
  });
});

describe('a run that is cancelled', () => {
  it('ends after the step under way, as cancelled, and closes its record', async () => {
    const gate = new Gate();
    const script = scripted(runs, 'backfill', { extract: gate.step });
    const engine = engineOf(script);
    const input = await created();
    const execution = engine.execute(input);
    await gate.arrival(input.run_id);
    await engine.cancel(input);
    await gate.open(input.run_id);
    expect(await execution).toEqual({ run_id: input.run_id, status: 'cancelled', error: null });
    expect(script.steps()).toEqual(['open_run', 'check_history', 'extract', 'close_run']);
    expect(await runs.find(input.run_id)).toMatchObject({ status: 'cancelled', error: null, counts: { published: 0 } });
  });

  it('tells the step under way, and what that step fails of is no failure of the run', async () => {
    const script = scripted(runs, 'backfill', {
      async extract(_input, ...[context]: unknown[]) {
        const { signal } = context as { signal: AbortSignal };
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        throw new TypeError('interrupted');
      },
    });
    const engine = engineOf(script);
    const input = await created();
    const execution = engine.execute(input);
    while ((await attempts(input, 'extract')) !== 1) await settle();
    await engine.cancel(input);
    expect(await execution).toMatchObject({ status: 'cancelled', error: null });
    const task = (await runs.tasks(input.run_id)).find(({ name }) => name === 'extract');
    expect(task).toMatchObject({ status: 'failed', error: { code: 'cancelled' } });
  });

  it('does not wait for its next try', async () => {
    let failed: () => void = () => undefined;
    const failure = new Promise<void>((resolve) => (failed = resolve));
    const { activities } = scripted(runs, 'backfill', {
      async extract() {
        failed();
        throw new WeirError('source_timeout', 'slow', { retryable: true });
      },
    });
    const engine = new InlineEngine(activities, runs, { maxRetries: 9, backoffBase: 60 }, stopping.signal);
    const input = await created();
    const execution = engine.execute(input);
    await failure;
    await settle();
    await engine.cancel(input);
    expect(await execution).toMatchObject({ status: 'cancelled' });
  });

  it('while it waits for its turn does nothing but close its record', async () => {
    const gate = new Gate();
    const script = scripted(runs, 'backfill', { extract: gate.step });
    const engine = engineOf(script);
    const [first, second] = [await created(), await created()];
    const executions = [engine.execute(first), engine.execute(second)];
    await gate.arrival(first.run_id);
    await engine.cancel(second);
    await gate.open(first.run_id);
    expect((await Promise.all(executions)).map(({ status }) => status)).toEqual(['succeeded', 'cancelled']);
    expect(script.steps().filter((step) => step === 'open_run')).toHaveLength(1);
  });
});

it('lets whoever follows a run hear how far it has got, and of no other', async () => {
  const gate = new Gate();
  const engine = engineOf(scripted(runs, 'backfill', { extract: gate.step }));
  const input = await created();
  const heard: number[] = [];
  const following = engine.follow(input, ({ done }) => heard.push(done));
  await gate.arrival(input.run_id);
  const progress = { pipeline: 'covid', step: 'extract', total: 2, unit: 'files' as const };
  engine.progress({ ...progress, run_id: input.run_id, done: 1 });
  engine.progress({ ...progress, run_id: 'another', done: 2 });
  await gate.open(input.run_id);
  expect(await following).toMatchObject({ status: 'succeeded' });
  expect(heard).toEqual([1]);
});

it('says what it executes now, and how many steps have ended', async () => {
  const gate = new Gate();
  const engine = engineOf(scripted(runs, 'backfill', { extract: gate.step }));
  expect(engine.workDone()).toEqual({ running: [], finished: 0, failed: 0, busy: false });
  const input = await created();
  const execution = engine.execute(input);
  await gate.arrival(input.run_id);
  expect(engine.workDone()).toEqual({
    running: [{ run_id: input.run_id, pipeline: 'covid', step: 'extract', since: expect.any(String) }],
    finished: 2,
    failed: 0,
    busy: true,
  });
  await gate.open(input.run_id);
  await execution;
  await settle();
  expect(engine.workDone()).toEqual({ running: [], finished: 8, failed: 0, busy: false });
});
