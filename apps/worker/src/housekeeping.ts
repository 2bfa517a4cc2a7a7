import { setTimeout as after } from 'node:timers/promises';
import { Reconciler } from '@weir/adapter-temporal';
import type { StepRunner, Steps } from '@weir/orchestration';
import { toFailure } from '@weir/pipeline';
import type { Stack } from '@weir/stack';
import type { Log } from '@weir/telemetry';
import { sweepScratch } from './scratch.js';
import { workerReport } from './worker-report.js';

/** Milliseconds between two of each. */
const REPORT_EVERY = 500;
const SCHEDULES_EVERY = 15_000;
const RECONCILE_EVERY = 60_000;
const SWEEP_EVERY = 3_600_000;

export interface HousekeepingSettings {
  readonly stack: Stack;
  readonly runner: StepRunner;
  readonly steps: Steps;
  readonly log: Log;
  /** The folder where its transforms spill. */
  readonly scratch: string;
  /** The worker's id, and the queue it waits on. */
  readonly worker: string;
  readonly queue: string;
}

/**
 * What a worker does besides steps: says that it is there, keeps the schedules as the pipeline files declare them, closes
 * the records of runs whose workflow is gone, and removes what killed workers had spilt. Every worker does all of it; doing
 * it twice changes nothing.
 * @returns what ends it.
 */
export function housekeeping(settings: HousekeepingSettings): { end(): Promise<void> } {
  const { stack, log, worker, queue, runner } = settings;
  const ending = new AbortController();
  const report = workerReport({ worker_id: worker, queue }, runner.work, stack.workers);
  const chores = [
    repeat('worker_report', REPORT_EVERY, report, log, ending.signal),
    repeat('schedules', SCHEDULES_EVERY, () => keepSchedules(stack, log), log, ending.signal),
    repeat('reconcile', RECONCILE_EVERY, reconcile(settings), log, ending.signal),
    repeat('scratch', SWEEP_EVERY, () => sweep(settings), log, ending.signal),
  ];
  return {
    async end() {
      ending.abort();
      await Promise.all(chores);
      await stack.workers.remove(worker).catch(() => undefined);
    },
  };
}

/** Says a failure once, and once that it is over: what is away for an hour would fill the log. */
async function repeat(chore: string, every: number, work: () => Promise<void>, log: Log, ending: AbortSignal) {
  let failing: string | null = null;
  while (!ending.aborted) {
    try {
      await work();
      if (failing !== null) log({ level: 'info', event: `${chore}_again`, message: `${chore}: works again` });
      failing = null;
    } catch (error) {
      const { code, message } = toFailure(error);
      if (failing !== code)
        log({ level: 'warn', event: `${chore}_failed`, message: `${chore}: ${message}`, code, error });
      failing = code;
    }
    await after(every, undefined, { signal: ending }).catch(() => undefined);
  }
}

async function keepSchedules({ catalogue, engine }: Stack, log: Log): Promise<void> {
  const entries = await catalogue.all();
  const plans = entries.flatMap(({ plan }) => (plan ? [plan] : []));
  const broken = entries.filter(({ plan }) => !plan).map(({ name }) => name);
  for (const { pipeline, change } of await engine.schedules.keep(plans, broken)) {
    log({ level: 'info', event: 'schedule_changed', message: `${pipeline}: schedule ${change}`, pipeline });
  }
}

async function sweep({ stack, scratch, log }: HousekeepingSettings): Promise<void> {
  for (const host of await sweepScratch(scratch, stack.workers)) {
    log({ level: 'info', event: 'scratch_removed', message: `removed what a worker on ${host}, long gone, had spilt` });
  }
}

function reconcile({ stack, steps, log }: HousekeepingSettings): () => Promise<void> {
  const context = { signal: new AbortController().signal, cursor: null, heartbeat: () => undefined };
  const reconciler = new Reconciler({
    runs: stack.runs,
    isOpen: (input) => stack.engine.isOpen(input),
    async close({ run_id, pipeline }, error) {
      const {
        branch = null,
        counts,
        warnings,
      } = (await stack.runs.find(run_id)) ?? {
        counts: { extracted: 0, rejected: 0, published: 0 },
        warnings: [],
      };
      const end = { run_id, pipeline, branch, committing: true, status: 'failed', counts, warnings, error } as const;
      await steps.close_run(end, context);
    },
  });
  return async () => {
    for (const { run_id, pipeline } of await reconciler.look()) {
      log({
        level: 'warn',
        event: 'run_closed',
        message: `${pipeline}: closed a run whose workflow is gone`,
        run_id,
        pipeline,
      });
    }
  };
}
