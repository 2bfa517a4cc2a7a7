import { ActivityFailure, ApplicationFailure, isCancellation, TimeoutFailure } from '@temporalio/workflow';
import type { Failure } from '@weir/pipeline';

/** What a step failed of, as plain data; anything that is no step's failure is thrown on. */
export function failureOf(error: unknown): Failure {
  if (isCancellation(error)) return { code: 'cancelled', message: 'the run was cancelled', retryable: false };
  if (!(error instanceof ActivityFailure)) throw error;
  const { cause, activityType } = error;
  if (cause instanceof ApplicationFailure) {
    const [failure] = (cause.details ?? []) as (Failure | undefined)[];
    return failure ?? { code: cause.type ?? 'internal_error', message: cause.message, retryable: false };
  }
  if (cause instanceof TimeoutFailure) {
    const message = `the step ${activityType} did not end in time (${cause.timeoutType}); is there a worker, and what does it say?`;
    return { code: 'step_timeout', message, retryable: true };
  }
  return { code: 'internal_error', message: cause?.message ?? error.message, retryable: false };
}
