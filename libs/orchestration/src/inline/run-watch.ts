import { toFailure, WeirError, type Branch, type Failure } from '@weir/pipeline';
import type { Activities } from '../contract/activities.js';
import type { Monitor } from '../contract/monitor.js';
import type { Counts, IngestInput, IngestResult } from '../contract/run.js';

/** Tells the monitor of one run. It sees only what the steps are given and give, so that `ingest` knows nothing of it. */
export class RunWatch {
  private readonly began = performance.now();
  private readonly ids: { readonly run_id: string; readonly pipeline: string };
  private branch: Branch | null;
  private counts: Counts = { extracted: 0, rejected: 0, published: 0 };

  constructor(
    private readonly monitor: Monitor,
    input: IngestInput,
  ) {
    this.ids = { run_id: input.run_id, pipeline: input.pipeline };
    this.branch = input.branch;
    monitor.runStarted({ ...this.ids, branch: input.branch, only: input.only });
  }

  /** @param argument and `result` as they passed through JSON. */
  stepEnded(step: string, attempt: number, seconds: number, argument: unknown, result: unknown): void {
    const name = step as keyof Activities;
    if (name === 'check_history') this.branch = (result as { readonly branch: Branch }).branch;
    if (name === 'close_run') this.counts = (argument as Parameters<Activities['close_run']>[0]).counts;
    this.monitor.stepEnded({ ...this.ids, step, attempt, seconds, counts: numbersOf(result) });
  }

  stepFailed(step: string, attempt: number, seconds: number, error: unknown, retryInSeconds: number | null): void {
    const failure = toFailure(error);
    const told = {
      ...{ ...this.ids, step, attempt, seconds, failure, retry_in_seconds: retryInSeconds },
      causes: causesOf(error),
      stack: error instanceof WeirError || !(error instanceof Error) ? null : (error.stack ?? null),
    };
    if (failure.code === 'dataset_busy') this.monitor.stepDeferred(told);
    else this.monitor.stepFailed(told);
  }

  ended({ status, error }: IngestResult): void {
    const { ids, branch, counts } = this;
    this.monitor.runEnded({ ...ids, branch, status, counts, seconds: secondsSince(this.began), error });
  }

  leftOpen(failure: Failure | null): void {
    this.monitor.runLeftOpen({ ...this.ids, seconds: secondsSince(this.began), failure });
  }
}

/** Seconds, to the millisecond. */
export function secondsSince(began: number): number {
  return Math.round(performance.now() - began) / 1000;
}

function numbersOf(result: unknown): { [name: string]: number } {
  const numbers: { [name: string]: number } = {};
  for (const [name, value] of Object.entries(result ?? {})) if (typeof value === 'number') numbers[name] = value;
  return numbers;
}

/** Causes that are told. */
const deepest = 5;

function causesOf(error: unknown): string[] {
  const causes: string[] = [];
  let cause = error instanceof Error ? error.cause : undefined;
  while (cause !== undefined && causes.length < deepest) {
    causes.push(String(cause));
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return causes;
}
