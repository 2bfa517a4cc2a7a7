import { hostname } from 'node:os';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import { WeirError } from '@weir/pipeline';
import { connectionOf, type TemporalSettings } from '../client/temporal-engine.js';
import { temporalActivities, type ActivitySettings } from './temporal-activities.js';

export interface WorkerSettings extends TemporalSettings {
  /** Steps at the same time. */
  readonly concurrency: number;
  /** Path of the bundle of workflows, made by `bundleWorkflows`. */
  readonly bundle: string;
  /** Milliseconds that steps under way have to come to a safe place when the worker stops. */
  readonly graceMs: number;
  readonly activities: ActivitySettings;
  /** Lines of the SDK that people should see. */
  readonly log: (level: 'warn' | 'error', message: string) => void;
}

export interface RunningWorker {
  readonly id: string;
  /** Ends when the worker has stopped; rejects where it cannot go on. */
  readonly ended: Promise<void>;
  /** Takes no new steps, gives those under way their time, then hands them back. */
  readonly stop: () => void;
}

/** Connects to Temporal and executes steps until it is stopped. @throws WeirError `dependency_unavailable`. */
export async function startWorker(settings: WorkerSettings): Promise<RunningWorker> {
  installRuntime(settings.log);
  const { address, namespace, taskQueue, concurrency, bundle, graceMs } = settings;
  const connection = await NativeConnection.connect(connectionOf(settings)).catch((cause: unknown) => {
    throw new WeirError('dependency_unavailable', `Temporal cannot be reached at ${address}; try again in a moment.`, {
      retryable: true,
      details: { dependency: 'temporal' },
      cause,
    });
  });
  const id = `${hostname()}-${process.pid}`;
  const options: WorkerOptions = {
    connection,
    namespace,
    taskQueue,
    identity: id,
    workflowBundle: { codePath: bundle },
    activities: temporalActivities(settings.activities),
    maxConcurrentActivityTaskExecutions: concurrency,
    // So that a cursor is on the server seconds after it was told, and a cancellation here as soon.
    maxHeartbeatThrottleInterval: '2 seconds',
    defaultHeartbeatThrottleInterval: '2 seconds',
    // Workflows here are small and few.
    maxCachedWorkflows: 100,
    workflowThreadPoolSize: 1,
    shutdownGraceTime: graceMs,
    shutdownForceTime: graceMs + 10_000,
  };
  const worker = await Worker.create(options);
  const ended = worker.run().finally(() => connection.close());
  return {
    id,
    ended,
    stop: () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
    },
  };
}

let installed = false;

/** Once a process. Signals are the program's to handle. */
function installRuntime(log: WorkerSettings['log']): void {
  if (installed) return;
  installed = true;
  const quiet = () => undefined;
  const line = (level: 'warn' | 'error') => (message: string, meta?: object) => {
    const error = meta && 'error' in meta ? meta.error : undefined;
    // An attempt at a step that failed is told by the monitor, with all that is known of it.
    if (error instanceof CancelledFailure || (error instanceof ApplicationFailure && error.details?.length)) return;
    log(level, error === undefined ? message : `${message}: ${String(error)}`);
  };
  Runtime.install({
    shutdownSignals: [],
    logger: {
      log: (level, message, meta) => {
        if (level === 'WARN' || level === 'ERROR') line(level === 'WARN' ? 'warn' : 'error')(message, meta);
      },
      trace: quiet,
      debug: quiet,
      info: quiet,
      warn: line('warn'),
      error: line('error'),
    },
  });
}
