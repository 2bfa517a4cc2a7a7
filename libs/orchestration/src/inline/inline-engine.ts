import { setTimeout as wait } from 'node:timers/promises';
import { toFailure, WeirError, type Failure } from '@weir/pipeline';
import type { Activities } from '../contract/activities.js';
import { noScope, silentMonitor, type Monitor, type Progress, type Scope } from '../contract/monitor.js';
import type { IngestInput, IngestResult } from '../contract/run.js';
import type { RunEngine } from '../contract/run-engine.js';
import type { RunRepository } from '../contract/run.repository.js';
import { cancelled, stopping as processStops, type Steps } from '../contract/step.js';
import { isWait } from '../execution/retry.js';
import { RunWatch } from '../execution/run-watch.js';
import { FailedAttempt, StepRunner, type StepIds } from '../execution/step-runner.js';
import type { WorkDone } from '../execution/work.js';
import { ingest } from '../workflows/ingest.js';

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

interface Execution {
  readonly pipeline: string;
  readonly cancel: AbortController;
  readonly result: Promise<IngestResult>;
}

/**
 * Executes runs in this process. Runs of one pipeline go one after the other; every step is recorded as a task, retried
 * where that may help, and passes its values through JSON, so that it sees what it would see under Temporal.
 */
export class InlineEngine implements RunEngine {
  private readonly runner: StepRunner;
  private readonly queues = new Map<string, Promise<unknown>>();
  private readonly executions = new Map<string, Execution>();
  private readonly listeners = new Set<(progress: Progress) => void>();

  constructor(
    steps: Steps,
    private readonly runs: RunRepository,
    settings: InlineEngineSettings,
    private readonly stopping: AbortSignal,
    private readonly monitor: Monitor = silentMonitor,
    private readonly scope: Scope = noScope,
  ) {
    this.runner = new StepRunner(steps, runs, { ...settings, outlastOutages: false }, monitor, scope);
  }

  /** Queues a recorded run. The promise ends with it, and rejects only where its record could not be kept. */
  execute(input: IngestInput): Promise<IngestResult> {
    return this.executionOf(input).result;
  }

  async start(input: IngestInput): Promise<void> {
    void this.execute(input).catch(() => undefined);
  }

  /** How far the run has got is told by the monitor, too: `report` hears of this run alone. */
  async follow(input: IngestInput, report: (progress: Progress) => void): Promise<IngestResult> {
    const listener = (progress: Progress) => {
      if (progress.run_id === input.run_id) report(progress);
    };
    this.listeners.add(listener);
    try {
      return await this.execute(input);
    } finally {
      this.listeners.delete(listener);
    }
  }

  /** For the steps' monitor: passes how far a run has got on to whoever follows it. */
  progress(progress: Progress): void {
    for (const listener of this.listeners) listener(progress);
  }

  async cancel(input: IngestInput): Promise<void> {
    this.executionOf(input).cancel.abort(cancelled());
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
    return { ...this.runner.work.done(), busy: this.executions.size > 0 };
  }

  /** Ends when every run under way has come to a safe place. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.executions.values()].map(({ result }) => result));
  }

  private executionOf(input: IngestInput): Execution {
    const running = this.executions.get(input.run_id);
    if (running) return running;
    const cancel = new AbortController();
    const before = this.queues.get(input.pipeline) ?? Promise.resolve();
    const begin = () => this.run(input, cancel.signal);
    const result = before.then(begin, begin);
    this.queues.set(
      input.pipeline,
      result.catch(() => undefined),
    );
    const execution = { pipeline: input.pipeline, cancel, result };
    this.executions.set(input.run_id, execution);
    void result.catch(() => undefined).then(() => this.executions.delete(input.run_id));
    return execution;
  }

  private async run(input: IngestInput, cancel: AbortSignal): Promise<IngestResult> {
    if (this.stopping.aborted) throw new EngineStopped('stopping');
    const { run_id, pipeline } = input;
    return this.scope.within({ run_id, pipeline }, () => this.watched(input, cancel));
  }

  private async watched(input: IngestInput, cancel: AbortSignal): Promise<IngestResult> {
    const watch = new RunWatch(this.monitor, input);
    try {
      const result = await ingest(this.recorded(input, watch, cancel), input, failureOf);
      watch.ended(result);
      return result;
    } catch (error) {
      watch.leftOpen(error instanceof EngineStopped ? null : toFailure(error));
      throw error;
    }
  }

  /** The activities, each call recorded as a task of the run and retried. */
  private recorded({ run_id, pipeline }: IngestInput, watch: RunWatch, cancel: AbortSignal): Activities {
    return new Proxy({} as Activities, {
      get: (_, name) => async (argument: unknown) => {
        const step = String(name);
        // To close the record is no part of what was cancelled.
        const isCancelled = () => step !== 'close_run' && cancel.aborted;
        const result = await this.untilDone({ run_id, pipeline, step }, argument, cancel, isCancelled);
        watch.stepEnded(step, argument);
        return result;
      },
    });
  }

  private async untilDone(
    ids: StepIds,
    argument: unknown,
    cancel: AbortSignal,
    isCancelled: () => boolean,
  ): Promise<unknown> {
    const signal = ids.step === 'close_run' ? this.stopping : AbortSignal.any([this.stopping, cancel]);
    const ended = () => {
      if (isCancelled()) return cancelled().toFailure();
      return this.stopping.aborted ? processStops().toFailure() : null;
    };
    for (let tries = 0; ;) {
      if (this.stopping.aborted) throw new EngineStopped('stopping');
      if (isCancelled()) throw new ActivityFailure(cancelled().toFailure());
      try {
        // What was published is noted in the run's record: it has to outlive the process.
        return await this.runner.attempt(
          ids,
          argument,
          tries,
          { signal, cursor: null, heartbeat: () => undefined },
          ended,
        );
      } catch (error) {
        if (!(error instanceof FailedAttempt)) throw error;
        if (error.failure.code === 'stopping' && this.stopping.aborted)
          throw new EngineStopped('stopping', { cause: error });
        if (error.retryInMs === null) throw new ActivityFailure(error.failure);
        if (!isWait(error.failure)) tries += 1;
        // A stop ends the wait; what stopped is found at the next try.
        await wait(error.retryInMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof ActivityFailure) return error.failure;
  throw error instanceof Error ? error : new WeirError('internal_error', String(error));
}
