import { WeirError } from '@weir/pipeline';
import type { CompareOutcome, StepInput } from '../contract/activities.js';
import type { ActivityDependencies } from './dependencies.js';

/** Records that travel together: a row group of the changes' Parquet file, so that a range is read without the others. */
const CHUNK_ROWS = 122_880;

/** How far publishing has got, and in which artefact: a cursor into other changes would skip some. */
interface PublishCursor {
  readonly changes_sha256: string;
  readonly published: number;
}

/**
 * Publishes the changes in their order, chunk by chunk, as fast as the stream takes them. A chunk counts as published
 * when the sink has it; a later attempt goes on behind it.
 */
export function loadData({ planOf, raw, runs, store, stream, monitor, stopping }: ActivityDependencies) {
  return async (
    input: StepInput & { readonly changes: CompareOutcome },
  ): Promise<{ revision: number; published: number }> => {
    const { dataset } = await planOf(input);
    const committed = await store.commits(dataset);
    const floor = Math.max(
      0,
      ...committed.filter(({ run_id }) => run_id !== input.run_id).map(({ revision }) => revision),
    );
    const revision = await runs.allotRevision(dataset, input.run_id, floor);

    const total = input.changes.changed + input.changes.withdrawn;
    const file = await raw.path(input.pipeline, input.run_id, input.changes.changes_file);
    let done = await resumeAt(input.run_id, input.changes.changes_sha256);
    const report = () =>
      monitor.progress({
        run_id: input.run_id,
        pipeline: input.pipeline,
        step: 'load_data',
        done,
        total,
        unit: 'rows',
      });
    if (done < total) report();
    while (done < total) {
      if (stopping.aborted)
        throw new WeirError('stopping', 'the process is stopping; the run goes on after a restart', {
          retryable: true,
        });
      // A few chunks at a time, so that the stream stays full and the cursor stays near.
      const group = Math.min(total, done + 4 * CHUNK_ROWS);
      const batches: { readonly from: number; readonly to: number }[] = [];
      for (let from = done; from < group; from += CHUNK_ROWS) {
        const to = Math.min(group, from + CHUNK_ROWS);
        await stream.publish({ file, from, to, dataset, run_id: input.run_id, revision });
        batches.push({ from, to });
      }
      await stream.flush(input.run_id);
      const ids = { run_id: input.run_id, pipeline: input.pipeline, dataset, revision };
      for (const batch of batches) monitor.batchLoaded({ ...ids, ...batch, total });
      done = group;
      const cursor: PublishCursor = { changes_sha256: input.changes.changes_sha256, published: done };
      await runs.saveProgress(input.run_id, 'load_data', cursor);
      report();
    }
    return { revision, published: total };
  };

  async function resumeAt(runId: string, changes: string): Promise<number> {
    const cursor = (await runs.progress(runId, 'load_data')) as PublishCursor | null;
    return cursor?.changes_sha256 === changes ? cursor.published : 0;
  }
}
