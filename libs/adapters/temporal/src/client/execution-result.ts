import { ApplicationFailure, CancelledFailure, WorkflowFailedError } from '@temporalio/client';
import type { IngestResult } from '@weir/orchestration';
import type { Failure } from '@weir/pipeline';

/** How a workflow ended, as its run did: a failed run is an answer, and no failure to get one. */
export async function resultOf(runId: string, result: Promise<IngestResult>): Promise<IngestResult> {
  try {
    return await result;
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    const { cause } = error;
    if (cause instanceof CancelledFailure) return { run_id: runId, status: 'cancelled', error: null };
    return { run_id: runId, status: 'failed', error: failureOf(cause) };
  }
}

function failureOf(cause: Error | undefined): Failure {
  if (cause instanceof ApplicationFailure) {
    const [failure] = (cause.details ?? []) as (Failure | undefined)[];
    return failure ?? { code: cause.type ?? 'internal_error', message: cause.message, retryable: false };
  }
  return {
    code: 'workflow_ended',
    message: `the workflow ended without a result: ${cause?.message ?? 'no reason given'}`,
    retryable: false,
  };
}
