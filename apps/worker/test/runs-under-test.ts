import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '@weir/testing';
import { arrived } from './figures-under-test.js';
import { GeneratedSource } from './generated-source.js';
import { containers, operator, proxies, weir, type Container, type Run } from './stack-under-test.js';

const ENDED = ['succeeded', 'failed', 'cancelled', 'nothing_new'];

/** Begins a run and does not wait for it. @returns its id. */
export async function begin({ name }: GeneratedSource): Promise<string> {
  const { run_id } = await weir<{ run_id: string }>(['run', name]);
  return run_id;
}

/** Ten chunks for load_data, of BATCH_SIZE rows. */
const BACKFILL = { regions: 20, days: 5_000 };
/** Milliseconds that a request reaches the broker later, and its answer the worker. */
const DELAY = 1_500;

/**
 * Writes a history, begins its backfill, and waits until some rows have arrived, and not all. Rows reach the broker slowly, so
 * that `load_data` takes 30 s on the fastest machine and what a test does next is done in its middle; until `fullSpeed`, or
 * `restore`.
 * @param label the pipeline's name begins with. @returns also the run's id.
 */
export async function middleOfBackfill(label: string): Promise<{ source: GeneratedSource; run: string }> {
  // The first to ask makes its key: not in the time that there is.
  await operator();
  const source = await new GeneratedSource(label, BACKFILL).write();
  await proxies.kafka.set({ kind: 'delay', milliseconds: DELAY });
  const run = await begin(source);
  await inTheMiddle(source);
  return { source, run };
}

export async function fullSpeed(): Promise<void> {
  await proxies.kafka.set({ kind: 'pass' });
}

export async function runOf(run_id: string): Promise<Run> {
  return (await operator()).get('/runs/{run_id}', { path: { run_id } });
}

/** Waits for the end of a run. */
export async function ended(run_id: string, seconds: number): Promise<Run> {
  let run: Run | undefined;
  return eventually(
    `run ${run_id} ended`,
    seconds,
    async () => {
      run = await runOf(run_id);
      return ENDED.includes(run.status) && run;
    },
    () =>
      run && {
        status: run.status,
        tasks: run.tasks.map(({ name, status, attempts, error }) => [name, status, attempts, error?.message]),
      },
  );
}

/** Waits until the run has succeeded with all rows of its history, and without a warning. */
export async function succeeded(run_id: string, { rows }: GeneratedSource, seconds: number): Promise<Run> {
  const run = await ended(run_id, seconds);
  expect(run).toMatchObject({
    status: 'succeeded',
    branch: 'backfill',
    counts: { extracted: rows, rejected: 0, published: rows },
    warnings: [],
    error: null,
  });
  return run;
}

async function inTheMiddle(source: GeneratedSource, seconds = 60): Promise<void> {
  let count = 0;
  await eventually(
    `the middle of ${source.name}`,
    seconds,
    async () => {
      count = await arrived(source.name);
      if (count >= source.rows) throw new Error('all rows are there already');
      return count > 0;
    },
    () => count,
  );
}

/** Waits until a worker executes a step of a run. @returns its container. */
export async function workerThatExecutes(step: string, run_id: string, seconds = 60): Promise<Container> {
  return eventually(`a worker that executes ${step}`, seconds, async () => {
    const { data } = await (await operator()).get('/workers');
    const worker = data.find(({ running }) => running.some((each) => each.run_id === run_id && each.step === step));
    return worker && (await containers('worker')).find(({ id }) => id.startsWith(worker.host));
  });
}

/** Lets so much time pass, because that is how long the fault of a test lasts, and expects the run not to end meanwhile. */
export async function staysRunning(run_id: string, seconds: number): Promise<void> {
  const until = Date.now() + seconds * 1000;
  while (Date.now() < until) {
    expect((await runOf(run_id)).status).toBe('running');
    await pause(Math.min(1_000, until - Date.now()));
  }
}

/** Waits until a run has come to a step. */
export async function untilStep(step: string, run_id: string, seconds = 60): Promise<void> {
  let run: Run | undefined;
  await eventually(
    `run ${run_id} has come to ${step}`,
    seconds,
    async () => {
      run = await runOf(run_id);
      return run.tasks.some(({ name }) => name === step);
    },
    () => run?.tasks.map(({ name, status }) => [name, status]),
  );
}

/** The runs of a pipeline, the latest first. */
export async function runsOf({ name }: Pick<GeneratedSource, 'name'>) {
  return (await (await operator()).get('/runs', { query: { pipeline: name } })).data;
}
