import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryRunRepository } from '@weir/adapter-memory';
import { noScope, silentMonitor, StepRunner, type IngestInput, type Steps } from '@weir/orchestration';
import type { Plan } from '@weir/pipeline';
import { TemporalEngine } from '../src/index.js';
import { bundleWorkflows, startWorker, type RunningWorker } from '../src/worker/index.js';

/** Where Temporal is (`host:port`); a suite that is not told does not pass. */
function address(): string {
  const found = process.env.WEIR_TEST_TEMPORAL;
  if (!found) throw new Error('WEIR_TEST_TEMPORAL is not set: run this through node tools/stack.mjs');
  return found;
}

let bundle: Promise<string> | null = null;
const folders: string[] = [];

/** The workflow code, bundled once. */
async function bundled(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-bundle-'));
  folders.push(folder);
  const target = join(folder, 'workflows.js');
  await bundleWorkflows(join(import.meta.dirname, '../dist/workflow/index.js'), target);
  return target;
}

export type EngineUnderTest = Awaited<ReturnType<typeof engineUnderTest>>;

/** Temporal itself, on a queue of the spec's own; a worker whose steps are the spec's, and records in memory. */
export async function engineUnderTest(steps: Partial<Steps> = {}) {
  const taskQueue = `spec-${randomUUID()}`;
  const place = { address: address(), namespace: 'default', taskQueue };
  const engine = new TemporalEngine(place);
  const runs = new MemoryRunRepository();
  const called: string[] = [];
  const runner = new StepRunner(
    recording({ ...answers(runs), ...steps }, called),
    runs,
    { maxRetries: 1, backoffBase: 1, outlastOutages: true },
    silentMonitor,
    noScope,
  );
  bundle ??= bundled();
  const workers: RunningWorker[] = [];

  return {
    engine,
    runs,
    /** The steps that began, in order. */
    called,
    taskQueue,
    async work(): Promise<RunningWorker> {
      const worker = await startWorker({
        ...place,
        concurrency: 4,
        bundle: await bundle!,
        graceMs: 500,
        activities: { runner, runs, planOf: async () => ({ dataset: 'covid' }) as Plan, monitor: silentMonitor },
        log: () => undefined,
      });
      workers.push(worker);
      return worker;
    },
    async recorded(more: Partial<IngestInput> = {}): Promise<IngestInput> {
      const input = { run_id: randomUUID(), pipeline: 'covid', branch: null, only: null, from_run: null, ...more };
      await runs.create(input, 'covid');
      return input;
    },
    async close(): Promise<void> {
      await engine.schedules.keep([], []);
      for (const { stop, ended } of workers) {
        stop();
        await ended;
      }
      await engine.close();
    },
  };
}

export async function removeBundle(): Promise<void> {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
}

function recording(steps: Steps, called: string[]): Steps {
  return Object.fromEntries(
    Object.entries(steps).map(([name, step]) => [
      name,
      (input: never, context: never) => {
        called.push(name);
        return (step as (input: never, context: never) => unknown)(input, context);
      },
    ]),
  ) as unknown as Steps;
}

/** A run that finds nothing new. */
function answers(runs: MemoryRunRepository): Steps {
  return {
    open_run: ({ run_id }) => runs.start(run_id),
    check_history: async () => ({ branch: 'update', nothing_to_do: true, reason: 'the spec says so' }),
    extract: unexpected,
    transform: unexpected,
    compare_with_stored: unexpected,
    load_data: unexpected,
    commit_run: unexpected,
    async close_run({ run_id, status, counts, warnings, error }) {
      await runs.end({
        run_id,
        status,
        counts,
        warnings,
        error: error && { code: error.code, message: error.message },
      });
      return { status, error };
    },
  };
}

async function unexpected(): Promise<never> {
  throw new Error('the spec does not come here');
}
