import type { CompareOutcome, StepInput } from '../contract/activities.js';
import { endIfAsked, type StepContext } from '../contract/step.js';
import type { ActivityDependencies } from './dependencies.js';

/** How far publishing has got, and in which artefact: a cursor into other changes would skip some. */
interface PublishCursor {
  readonly changes_sha256: string;
  readonly published: number;
}

/**
 * Publishes the changes in their order, chunk by chunk, as fast as the stream takes them. A chunk counts as published
 * when the stream has it for good; a later attempt goes on behind it.
 */
export function loadData({ planOf, raw, runs, store, stream, monitor }: ActivityDependencies) {
  const { chunkRows, chunks } = stream.pace;

  return async (
    input: StepInput & { readonly changes: CompareOutcome },
    { signal, cursor, heartbeat }: StepContext,
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
    let done = publishedOf(input.changes, cursor, await runs.progress(input.run_id, 'load_data'));
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
      endIfAsked(signal);
      // A few chunks at a time, so that the stream stays full and the cursor stays near.
      const group = Math.min(total, done + chunks * chunkRows);
      const batches: { readonly from: number; readonly to: number }[] = [];
      for (let from = done; from < group; from += chunkRows) {
        const to = Math.min(group, from + chunkRows);
        await stream.publish({ file, from, to, dataset, run_id: input.run_id, revision });
        batches.push({ from, to });
      }
      await stream.flush(input.run_id);
      const ids = { run_id: input.run_id, pipeline: input.pipeline, dataset, revision };
      for (const batch of batches) monitor.batchLoaded({ ...ids, ...batch, total });
      done = group;
      const reached: PublishCursor = { changes_sha256: input.changes.changes_sha256, published: done };
      heartbeat(reached);
      await runs.saveProgress(input.run_id, 'load_data', reached);
      report();
    }
    return { revision, published: total };
  };
}

/** Where to go on: the farthest that any attempt has noted for just these changes. */
function publishedOf({ changes_sha256 }: CompareOutcome, ...cursors: readonly unknown[]): number {
  const published = (cursors as readonly (PublishCursor | null)[])
    .filter((cursor) => cursor?.changes_sha256 === changes_sha256)
    .map((cursor) => cursor?.published ?? 0);
  return Math.max(0, ...published);
}
