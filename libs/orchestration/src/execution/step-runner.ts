import { toFailure, type Failure } from '@weir/pipeline';
import type { Monitor, Scope } from '../contract/monitor.js';
import type { RunRepository } from '../contract/run.repository.js';
import type { StepContext, Steps } from '../contract/step.js';
import { retryDelay, type RetrySettings } from './retry.js';
import { secondsSince, stepEndedEvent, stepFailedEvent } from './step-events.js';
import { Work } from './work.js';

export interface StepIds {
  readonly run_id: string;
  readonly pipeline: string;
  readonly step: string;
}

/** An attempt that failed, as plain data: `instanceof` does not survive the way to the workflow. */
export class FailedAttempt extends Error {
  constructor(
    readonly failure: Failure,
    /** Milliseconds before the next try; null where there is none. */
    readonly retryInMs: number | null,
    cause: unknown,
  ) {
    super(failure.message, { cause });
  }
}

/** Executes steps for an engine: each attempt is recorded as a task, told to the monitor, and passes values through JSON. */
export class StepRunner {
  readonly work = new Work();

  constructor(
    private readonly steps: Steps,
    private readonly runs: RunRepository,
    private readonly settings: RetrySettings,
    private readonly monitor: Monitor,
    private readonly scope: Scope,
  ) {}

  /** Those that it can execute. */
  get names(): readonly (keyof Steps)[] {
    return Object.keys(this.steps) as (keyof Steps)[];
  }

  /**
   * One attempt at a step.
   * @param triesBefore attempts of this execution that failed, which decide whether there is another.
   * @param ended tells what an attempt that failed was ended by, where that was the engine itself.
   * @throws FailedAttempt
   */
  async attempt(
    ids: StepIds,
    argument: unknown,
    triesBefore: number,
    context: StepContext,
    ended: () => Failure | null = () => null,
  ): Promise<unknown> {
    const { run_id, pipeline, step } = ids;
    const task = await this.runs.beginTask(run_id, step);
    const { attempt } = task;
    const began = performance.now();
    try {
      const result = throughJson(
        await this.scope.within({ run_id, pipeline, step, attempt }, () =>
          this.work.during(ids, () => this.call(step, throughJson(argument), context)),
        ),
      );
      await this.runs.endTask(task, { status: 'succeeded', result: result ?? null, error: null });
      this.monitor.stepEnded(stepEndedEvent(ids, attempt, secondsSince(began), result));
      return result;
    } catch (error) {
      const byEngine = ended();
      const failure = byEngine ?? (throughJson(toFailure(error)) as Failure);
      const retryInMs = byEngine ? null : retryDelay(failure, triesBefore, this.settings);
      await this.runs.endTask(task, { status: 'failed', result: null, error: failure });
      if (byEngine === null) {
        const told = stepFailedEvent(ids, attempt, secondsSince(began), error, retryInMs);
        if (failure.code === 'dataset_busy') this.monitor.stepDeferred(told);
        else this.monitor.stepFailed(told);
      }
      throw new FailedAttempt(failure, retryInMs, error);
    }
  }

  private async call(step: string, argument: unknown, context: StepContext): Promise<unknown> {
    const steps = this.steps as unknown as {
      readonly [name: string]: (argument: unknown, context: StepContext) => Promise<unknown>;
    };
    return steps[step]?.(argument, context);
  }
}

/** A value as it comes out of a workflow's history. */
function throughJson(value: unknown): unknown {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}
