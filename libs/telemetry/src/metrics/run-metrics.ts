import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { RunEvents } from '../run-events.js';

/** Seconds: from a look at an unchanged page to a history of millions of rows. */
const runBuckets = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600];
const stepBuckets = [0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800];
/** A code is one of ours; should another get here, it makes no series of its own. */
const code = /^[a-z][a-z0-9_]{0,62}$/;

/** What is counted of runs: a listener of an engine's monitor. */
export function runMetrics(registry: Registry, { wholeRuns }: { readonly wholeRuns: boolean }): RunEvents {
  const registers = [registry];
  const runs = new Counter({
    registers,
    name: 'weir_runs_total',
    help: 'Runs that ended. `branch` is `(none)` where a run ended before it had one; `status` is `succeeded`, `nothing_new`, `failed` or `cancelled`.',
    labelNames: ['pipeline', 'branch', 'status'] as const,
  });
  const duration = new Histogram({
    registers,
    name: 'weir_run_duration_seconds',
    help: 'Seconds that runs took which ended, however they did; of a run taken up after a restart, those since.',
    labelNames: ['pipeline', 'branch'] as const,
    buckets: runBuckets,
  });
  const stepDuration = new Histogram({
    registers,
    name: 'weir_step_duration_seconds',
    help: 'Seconds of attempts at steps that ended well.',
    labelNames: ['step'] as const,
    buckets: stepBuckets,
  });
  const stepFailures = new Counter({
    registers,
    name: 'weir_step_failures_total',
    help: 'Attempts at steps that failed, those that are tried again included. To wait for another run of the dataset is no failure.',
    labelNames: ['step', 'code'] as const,
  });
  const rows = new Counter({
    registers,
    name: 'weir_rows_total',
    help: 'Rows of runs that ended. `stage` is `extracted`, `rejected` or `published`, withdrawals included; a run that failed has published none.',
    labelNames: ['pipeline', 'stage'] as const,
  });
  const lastSuccess = new Gauge({
    registers,
    name: 'weir_run_last_success_timestamp_seconds',
    help: 'When a run last succeeded or found nothing new, in seconds since 1970; absent until one has since the start of the process.',
    labelNames: ['pipeline'] as const,
  });
  // Where a run begins in one process and ends in another, each would count half of it.
  const inProgress = new Gauge({
    registers: wholeRuns ? registers : [],
    name: 'weir_runs_in_progress',
    help: 'Runs being executed now by this process; not of a worker of the stack, which executes steps: see `weir_open_runs`.',
    labelNames: ['pipeline'] as const,
  });

  return {
    runStarted: ({ pipeline }) => inProgress.inc({ pipeline }),
    stepEnded: ({ step, seconds }) => stepDuration.observe({ step }, seconds),
    stepFailed: ({ step, failure }) =>
      stepFailures.inc({ step, code: code.test(failure.code) ? failure.code : 'other' }),
    stepDeferred: () => undefined,
    batchLoaded: () => undefined,
    runEnded({ pipeline, branch, status, counts, seconds }) {
      const labels = { pipeline, branch: branch ?? '(none)' };
      inProgress.dec({ pipeline });
      runs.inc({ ...labels, status });
      duration.observe(labels, seconds);
      for (const stage of ['extracted', 'rejected', 'published'] as const) rows.inc({ pipeline, stage }, counts[stage]);
      if (status === 'succeeded' || status === 'nothing_new') lastSuccess.set({ pipeline }, Date.now() / 1000);
    },
    runLeftOpen: ({ pipeline }) => inProgress.dec({ pipeline }),
  };
}
