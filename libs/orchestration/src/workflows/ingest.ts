import type { Warning } from '@weir/pipeline';
import type { Activities, FailureOf } from '../contract/activities.js';
import type { Counts, IngestInput, IngestResult } from '../contract/run.js';

/** What a run has seen so far, for its record. */
interface Seen {
  counts: Counts;
  warnings: readonly Warning[];
}

/**
 * A run of a pipeline: its steps, then its record. The record is closed once and outside of what may fail, so that a run
 * whose rows are visible is never closed as failed; where it cannot be closed, the run stays open and is taken up again.
 *
 * A plain function: the inline engine calls it, and Temporal's workflow wraps it. It does nothing by itself and holds
 * nothing but names and counts, so that it can be replayed.
 */
export async function ingest(activities: Activities, input: IngestInput, failureOf: FailureOf): Promise<IngestResult> {
  const { run_id, pipeline } = input;
  const seen: Seen = { counts: { extracted: 0, rejected: 0, published: 0 }, warnings: [] };
  const { status, error } = await steps(activities, input, seen).then(
    (status) => ({ status, error: null }),
    (caught: unknown) => ({ status: 'failed' as const, error: failureOf(caught) }),
  );
  // Published rows of a run that failed are never seen.
  const counts = error
    ? { ...((error.details?.counts as Counts | undefined) ?? seen.counts), published: 0 }
    : seen.counts;
  await activities.close_run({ run_id, pipeline, status, counts, warnings: seen.warnings, error });
  return { run_id, status, error };
}

/**
 * As one reads it: is the history loaded? If not, load it (`backfill`); if it is, look whether the source shows anything
 * new and load only that (`update`).
 */
async function steps(activities: Activities, input: IngestInput, seen: Seen): Promise<'succeeded' | 'nothing_new'> {
  const { run_id, pipeline, only, from_run } = input;
  await activities.open_run(input);
  const { branch, nothing_to_do } = await activities.check_history(input);
  if (nothing_to_do) return 'nothing_new';
  const step = { run_id, pipeline, branch };

  if (only === null || only === 'extract') await activities.extract(step);
  if (only === 'extract') return 'succeeded';

  if (only !== 'load') {
    const { extracted, rejected, warnings } = await activities.transform({ ...step, from_run });
    seen.counts = { extracted, rejected, published: 0 };
    seen.warnings = warnings;
  }
  if (only === 'transform') return 'succeeded';

  const changes = await activities.compare_with_stored({ ...step, from_run: only === 'load' ? from_run : null });
  if (branch === 'update' && changes.changed === 0) return 'nothing_new';

  const { revision, published } = await activities.load_data({ ...step, changes });
  await activities.commit_run({ ...step, revision, published, changes });
  seen.counts = { ...seen.counts, published };
  return 'succeeded';
}
