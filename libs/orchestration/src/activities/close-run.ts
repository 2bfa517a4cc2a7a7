import { toFailure } from '@weir/pipeline';
import type { Activities } from '../contract/activities.js';
import type { IngestResult } from '../contract/run.js';
import type { ActivityDependencies } from './dependencies.js';

type CloseInput = Parameters<Activities['close_run']>[0];

/**
 * Closes the run's record, and lets go of its dataset. What the commits say wins: a run that was cancelled, or whose answer
 * was lost, a moment after its rows had become visible has succeeded.
 */
export function closeRun({ planOf, runs, raw, store }: ActivityDependencies) {
  return async (input: CloseInput): Promise<Pick<IngestResult, 'status' | 'error'>> => {
    const { run_id, pipeline, warnings } = input;
    const committed = input.committing && input.status !== 'succeeded' ? await commitOrNone(input) : undefined;
    const status = committed ? 'succeeded' : input.status;
    const error = committed ? null : input.error;
    const counts = committed ? { ...input.counts, published: committed.rows } : input.counts;
    // What a look at an unchanged page landed says nothing that is not stored, and there is one every few minutes.
    if (status === 'nothing_new') await raw.discard(pipeline, run_id);
    await runs.end({ run_id, status, counts, warnings, error: error && { code: error.code, message: error.message } });
    await runs.releaseDatasetsOf(run_id);
    return { status, error };
  };

  async function commitOf({ run_id, pipeline }: CloseInput) {
    const { dataset } = await planOf({ run_id, pipeline });
    return (await store.commits(dataset)).find((commit) => commit.run_id === run_id);
  }

  /** Whether the commits can be read or not, the run is to end, and with the error that ended it. */
  async function commitOrNone(input: CloseInput) {
    try {
      return await commitOf(input);
    } catch (error) {
      if (toFailure(error).retryable) throw error;
      return undefined;
    }
  }
}
