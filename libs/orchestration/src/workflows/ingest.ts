import type { Warning } from '@weir/pipeline';
import type { Activities, FailureOf, TransformOutcome } from '../contract/activities.js';
import type { Counts, IngestInput, IngestResult } from '../contract/run.js';

/**
 * A run of a pipeline, as one reads it: is the history loaded? If not, load it (`backfill`); if it is, look whether the
 * source shows anything new and load only that (`update`).
 *
 * A plain function: the inline engine calls it, and Temporal's workflow wraps it. It does nothing by itself and holds
 * nothing but names and counts, so that it can be replayed.
 */
export async function ingest(activities: Activities, input: IngestInput, failureOf: FailureOf): Promise<IngestResult> {
  let counts: Counts = { extracted: 0, rejected: 0, published: 0 };
  let warnings: readonly Warning[] = [];
  const close = (status: 'succeeded' | 'nothing_new') =>
    activities.close_run({ run_id: input.run_id, pipeline: input.pipeline, status, counts, warnings, error: null });

  try {
    await activities.open_run(input);
    const { branch } = await activities.check_history(input);
    const step = { run_id: input.run_id, pipeline: input.pipeline, branch };
    const from_run = input.from_run;

    if (input.only === null || input.only === 'extract') await activities.extract(step);
    if (input.only === 'extract') {
      await close('succeeded');
      return { run_id: input.run_id, status: 'succeeded', error: null };
    }

    if (input.only !== 'load') {
      const transformed: TransformOutcome = await activities.transform({ ...step, from_run });
      counts = { extracted: transformed.extracted, rejected: transformed.rejected, published: 0 };
      warnings = transformed.warnings;
      if (input.only === 'transform') {
        await close('succeeded');
        return { run_id: input.run_id, status: 'succeeded', error: null };
      }
    }

    const changes = await activities.compare_with_stored({ ...step, from_run: input.only === 'load' ? from_run : null });
    if (branch === 'update' && changes.changed === 0) {
      await close('nothing_new');
      return { run_id: input.run_id, status: 'nothing_new', error: null };
    }
    const { revision, published } = await activities.load_data({ ...step, changes });
    counts = { ...counts, published };
    await activities.commit_run({ ...step, revision, published });
    await close('succeeded');
    return { run_id: input.run_id, status: 'succeeded', error: null };
  } catch (caught) {
    const error = failureOf(caught);
    counts = (error.details?.counts as Counts | undefined) ?? counts;
    await activities.close_run({
      run_id: input.run_id,
      pipeline: input.pipeline,
      status: 'failed',
      // Published rows of a run that failed are never seen.
      counts: { ...counts, published: 0 },
      warnings,
      error,
    });
    return { run_id: input.run_id, status: 'failed', error };
  }
}
