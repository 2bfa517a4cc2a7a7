import type { Branch, Warning } from '@weir/pipeline';
import type { Activities, CommitOutcome, FailureOf } from '../contract/activities.js';
import type { Counts, IngestInput, IngestResult } from '../contract/run.js';

/** What a run has seen so far, for its record. */
interface Seen {
  branch: Branch | null;
  counts: Counts;
  warnings: readonly Warning[];
  /** From the beginning of the commit on, its rows may be visible. */
  committing: boolean;
}

/**
 * A run of a pipeline: its steps, then its record. The record is closed once and outside of what may fail or be cancelled,
 * so that a run whose rows are visible is never closed as failed; where it cannot be closed, the run stays open and is
 * taken up again.
 *
 * A plain function: the inline engine calls it, and Temporal's workflow wraps it. It does nothing by itself and holds
 * nothing but names and counts, so that it can be replayed.
 */
export async function ingest(activities: Activities, input: IngestInput, failureOf: FailureOf): Promise<IngestResult> {
  const { run_id, pipeline } = input;
  const seen: Seen = {
    branch: null,
    counts: { extracted: 0, rejected: 0, published: 0 },
    warnings: [],
    committing: false,
  };
  const { status, failure } = await steps(activities, input, seen).then(
    (status) => ({ status, failure: null }),
    (caught: unknown) => {
      const failure = failureOf(caught);
      return { status: failure.code === 'cancelled' ? ('cancelled' as const) : ('failed' as const), failure };
    },
  );
  const error = status === 'cancelled' ? null : failure;
  // Published rows of a run that did not commit are never seen.
  const counts = failure
    ? { ...((failure.details?.counts as Counts | undefined) ?? seen.counts), published: 0 }
    : seen.counts;
  const { branch, warnings, committing } = seen;
  const ended = await activities.close_run({ run_id, pipeline, branch, committing, status, counts, warnings, error });
  return { run_id, ...ended };
}

/**
 * As one reads it: is the history loaded? If not, load it (`backfill`); if it is, look whether the source shows anything
 * new and load only that (`update`).
 */
async function steps(activities: Activities, input: IngestInput, seen: Seen): Promise<'succeeded' | 'nothing_new'> {
  const { run_id, pipeline, only, from_run } = input;
  await activities.open_run(input);
  const { branch, nothing_to_do } = await activities.check_history(input);
  seen.branch = branch;
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
  seen.committing = true;
  const committed = await activities.commit_run({ ...step, revision, published, changes });
  seen.counts = { ...seen.counts, published: published - committed.refused };
  seen.warnings = [...seen.warnings, ...warningsOf(committed)];
  return 'succeeded';
}

function warningsOf({ refused, reason }: CommitOutcome): Warning[] {
  if (refused === 0) return [];
  const because = reason === null ? '' : `, such as: ${reason}`;
  return [
    {
      code: 'dead_letters',
      message: `rows were refused by the sink (see \`npx weir dlq list\`)${because}`,
      count: refused,
    },
  ];
}
