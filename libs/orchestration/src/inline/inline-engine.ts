import { setTimeout as wait } from 'node:timers/promises';
import { toFailure, WeirError, type Failure } from '@weir/pipeline';
import type { Activities } from '../contract/activities.js';
import { noScope, silentMonitor, type Monitor, type Scope } from '../contract/monitor.js';
import type { IngestInput, IngestResult } from '../contract/run.js';
import type { RunRepository } from '../contract/run.repository.js';
import { ingest } from '../workflows/ingest.js';
import { backOff } from './back-off.js';
import { RunWatch, secondsSince } from './run-watch.js';
import { Work, type WorkDone } from './work.js';

export interface InlineEngineSettings {
  /** Tries of a step after the first, where its failure may pass. */
  readonly maxRetries: number;
  /** Seconds before the nth retry: base to the power of n - 1, a minute at most. */
  readonly backoffBase: number;
}

/** What an activity's failure looks like to `ingest`: plain data, as it would be after a workflow's history. */
class ActivityFailure extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

/** Thrown into a run when the process stops: the run stays open and is taken up by the next process. */
class EngineStopped extends Error {}

/**
 * Executes runs in this process. Runs of one pipeline go one after the other; every step is recorded as a task, retried
 * where that may help, and passes its values through JSON, so that it sees what it would see under Temporal.
 */
export class InlineEngine {
  private readonly work = new Work();
  private readonly queues = new Map<string, Promise<unknown>>();
  private readonly executions = new Map<
    string,
    { readonly pipeline: string; readonly result: Promise<IngestResult> }
  >();

  constructor(
    private readonly activities: Activities,
    private readonly runs: RunRepository,
    private readonly settings: InlineEngineSettings,
    private readonly stopping: AbortSignal,
    private readonly monitor: Monitor = silentMonitor,
    private readonly scope: Scope = noScope,
  ) {}

  /** Queues a recorded run. The promise ends with it, and rejects only where its record could not be kept. */
  execute(input: IngestInput): Promise<IngestResult> {
    const running = this.executions.get(input.run_id);
    if (running) return running.result;
    const before = this.queues.get(input.pipeline) ?? Promise.resolve();
    const execution = before.then(
      () => this.run(input),
      () => this.run(input),
    );
    this.queues.set(
      input.pipeline,
      execution.catch(() => undefined),
    );
    this.executions.set(input.run_id, { pipeline: input.pipeline, result: execution });
    void execution.catch(() => undefined).then(() => this.executions.delete(input.run_id));
    return execution;
  }

  /** Takes up what an earlier process, or a failure to close its record, left open. @returns what it took up. */
  async resume(): Promise<readonly IngestInput[]> {
    const open: IngestInput[] = [];
    for (const input of await this.runs.open()) {
      if (this.executions.has(input.run_id)) continue;
      // It may have ended since the list was read.
      const run = await this.runs.find(input.run_id);
      if (run?.status !== 'queued' && run?.status !== 'running') continue;
      open.push(input);
      void this.scope.apart(() => this.execute(input)).catch(() => undefined);
    }
    return open;
  }

  /** Whether a run of the pipeline is queued or under way. */
  isBusy(pipeline: string): boolean {
    return [...this.executions.values()].some((execution) => execution.pipeline === pipeline);
  }

  /** What is being executed, and how many steps have ended; `busy` also while a run waits for its turn or its next try. */
  workDone(): WorkDone & { readonly busy: boolean } {
    return { ...this.work.done(), busy: this.executions.size > 0 };
  }

  /** Ends when every run under way has come to a safe place. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.executions.values()].map(({ result }) => result));
  }

  private async run(input: IngestInput): Promise<IngestResult> {
    if (this.stopping.aborted) throw new EngineStopped('stopping');
    const { run_id, pipeline } = input;
    return this.scope.within({ run_id, pipeline }, () => this.watched(input));
  }

  private async watched(input: IngestInput): Promise<IngestResult> {
    const watch = new RunWatch(this.monitor, input);
    try {
      const result = await ingest(this.recorded(input, watch), input, failureOf);
      watch.ended(result);
      return result;
    } catch (error) {
      watch.leftOpen(error instanceof EngineStopped ? null : toFailure(error));
      throw error;
    }
  }

  /** The activities, each call recorded as a task of the run and retried. */
  private recorded({ run_id, pipeline }: IngestInput, watch: RunWatch): Activities {
    return new Proxy(this.activities, {
      get: (target, name) => (argument: unknown) => {
        const steps = target as unknown as { readonly [name: string]: (argument: unknown) => Promise<unknown> };
        const step = String(name);
        const ids = { run_id, pipeline, step };
        return this.attempt(ids, watch, argument, () =>
          this.work.during(ids, async () => steps[step]?.(throughJson(argument))),
        );
      },
    });
  }

  private async attempt(
    { run_id, pipeline, step }: { readonly run_id: string; readonly pipeline: string; readonly step: string },
    watch: RunWatch,
    argument: unknown,
    work: () => Promise<unknown>,
  ): Promise<unknown> {
    for (let tries = 0; ; tries += 1) {
      if (this.stopping.aborted) throw new EngineStopped('stopping');
      const { task_id, attempt } = await this.runs.beginTask(run_id, step);
      const began = performance.now();
      try {
        const result = throughJson(await this.scope.within({ run_id, pipeline, step, attempt }, work));
        await this.runs.endTask(task_id, { status: 'succeeded', result: result ?? null, error: null });
        watch.stepEnded(step, attempt, secondsSince(began), argument, result);
        return result;
      } catch (error) {
        const failure = throughJson(toFailure(error)) as Failure;
        await this.runs.endTask(task_id, { status: 'failed', result: null, error: failure });
        if (this.stopping.aborted) throw new EngineStopped('stopping', { cause: error });
        // Waiting for another run's end is no failed try.
        if (failure.code === 'dataset_busy') tries = 0;
        const isLast = failure.code !== 'dataset_busy' && (!failure.retryable || tries >= this.settings.maxRetries);
        const pause = isLast ? null : backOff(this.settings.backoffBase, tries);
        watch.stepFailed(step, attempt, secondsSince(began), error, pause === null ? null : pause / 1000);
        if (pause === null) throw new ActivityFailure(failure);
        // A stop ends the wait; what stopped is found at the next try.
        await wait(pause, undefined, { signal: this.stopping }).catch(() => undefined);
      }
    }
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof ActivityFailure) return error.failure;
  throw error instanceof Error ? error : new WeirError('internal_error', String(error));
}

/** A value as it comes out of a workflow's history. */
function throughJson(value: unknown): unknown {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}
