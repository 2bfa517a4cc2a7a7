import { toFailure, WeirError } from '@weir/pipeline';
import type { StepEnded, StepFailed } from '../contract/monitor.js';

interface Ids {
  readonly run_id: string;
  readonly pipeline: string;
  readonly step: string;
}

export function stepEndedEvent(ids: Ids, attempt: number, seconds: number, result: unknown): StepEnded {
  const { run_id, pipeline, step } = ids;
  return { run_id, pipeline, step, attempt, seconds, counts: numbersOf(result) };
}

export function stepFailedEvent(
  ids: Ids,
  attempt: number,
  seconds: number,
  error: unknown,
  retryInMs: number | null,
): StepFailed {
  const { run_id, pipeline, step } = ids;
  return {
    ...{ run_id, pipeline, step, attempt, seconds },
    failure: toFailure(error),
    retry_in_seconds: retryInMs === null ? null : retryInMs / 1000,
    causes: causesOf(error),
    stack: error instanceof WeirError || !(error instanceof Error) ? null : (error.stack ?? null),
  };
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
