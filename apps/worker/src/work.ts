import { hostname } from 'node:os';
import { setTimeout as after } from 'node:timers/promises';
import type { ConfigOfStack } from '@weir/config';
import { serveProbes } from '@weir/operations';
import { Broadcast, StepRunner, type RetrySettings } from '@weir/orchestration';
import { toFailure } from '@weir/pipeline';
import { connectStack } from '@weir/stack';
import { createLog, Metrics, runLines, runScope, type Log } from '@weir/telemetry';
import { startWorker, type RunningWorker } from '@weir/adapter-temporal/worker';
import { housekeeping } from './housekeeping.js';
import { bindSteps } from './steps.js';

/** Milliseconds that steps under way have when the worker stops; the compose file lets it live a little longer. */
const GRACE = 20_000;
/** Milliseconds between two tries to reach Temporal at the start. */
const TRY_EVERY = 3_000;

export interface Program {
  readonly version: string;
  /** Path of the bundled workflow code. */
  readonly bundle: string;
}

/** Executes steps of runs until it is asked to stop. */
export async function work(config: ConfigOfStack, { version, bundle }: Program, stopping: AbortSignal): Promise<void> {
  const log = createLog(config.log);
  // A run begins here and ends elsewhere: how many are open, the keeper reads from PostgreSQL.
  const metrics = new Metrics({ version, ofProcess: true, wholeRuns: false });
  const monitor = new Broadcast((error) =>
    log({ level: 'error', event: 'monitor_failed', message: toFailure(error).message, error }),
  );
  monitor.attach(runLines(log, () => true));
  monitor.attach(metrics.runs);

  const stack = connectStack(config, {
    clientId: `weir-worker-${hostname()}`,
    poolSize: 2 * config.stack.worker.concurrency,
    log,
  });
  const { steps, planOf, scratch, close } = await bindSteps(config, stack, monitor, stopping);
  // Whatever is away comes back, and a run outlives its workers: nothing but its own mistakes fails it.
  const retries: RetrySettings = { ...config.engine, outlastOutages: true };
  const runner = new StepRunner(steps, stack.runs, retries, monitor, runScope);

  let worker: RunningWorker | null = null;
  const { worker: settings } = config.stack;
  const probes = await serveProbes(
    {
      health: () => ({
        ok: worker !== null,
        body: { status: worker === null ? 'starting' : 'ok', ...runner.work.done() },
      }),
      metrics: async () => ({ contentType: metrics.contentType, text: await metrics.text() }),
    },
    { host: config.api.host, port: settings.port, variable: 'WORKER_PORT' },
  );
  try {
    worker = await untilReached(log, stopping, () =>
      startWorker({
        ...config.stack.temporal,
        concurrency: settings.concurrency,
        bundle,
        graceMs: GRACE,
        activities: { runner, runs: stack.runs, planOf, monitor },
        log: (level, message) => log({ level, event: 'temporal_worker', message: `Temporal: ${message}` }),
      }),
    );
    if (worker === null) return;
    const { id, ended, stop } = worker;
    log({
      level: 'info',
      event: 'worker_started',
      message: `worker ${id}: waits for steps`,
      worker: id,
      port: probes.port,
    });
    const kept = housekeeping({
      stack,
      runner,
      steps,
      scratch,
      log,
      worker: id,
      queue: config.stack.temporal.taskQueue,
    });
    stopping.addEventListener('abort', stop);
    if (stopping.aborted) stop();
    try {
      await ended;
    } finally {
      await kept.end();
    }
    log({ level: 'info', event: 'worker_stopped', message: `worker ${id}: stopped`, worker: id });
  } finally {
    await probes.close();
    await close();
    await stack.close();
  }
}

/** A worker that starts before Temporal does waits for it; null where it is stopped meanwhile. */
async function untilReached<T>(log: Log, stopping: AbortSignal, start: () => Promise<T>): Promise<T | null> {
  while (!stopping.aborted) {
    try {
      return await start();
    } catch (error) {
      const { code, message, retryable } = toFailure(error);
      if (code !== 'dependency_unavailable' || !retryable) throw error;
      log({ level: 'warn', event: 'worker_waits', message, code });
      await after(TRY_EVERY, undefined, { signal: stopping }).catch(() => undefined);
    }
  }
  return null;
}
