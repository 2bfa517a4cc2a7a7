import { setTimeout as wait } from 'node:timers/promises';
import { WeirError } from '@weir/pipeline';
import type { Activities } from '../contract/activities.js';
import type { ActivityDependencies } from './dependencies.js';

/** Milliseconds between two looks at what has arrived, and how long to look: the sink retries by itself all that time. */
const LOOK_EVERY = 200;
const LOOK_FOR = 120_000;

/** Makes the run's rows visible once every one of them can be read: until then nobody sees any. */
export function commitRun({ planOf, store, stopping }: ActivityDependencies) {
  return async (input: Parameters<Activities['commit_run']>[0]): Promise<void> => {
    const { name, dataset } = await planOf(input);
    await arrived(dataset, input.revision, input.published);
    await store.commit({
      dataset,
      revision: input.revision,
      run_id: input.run_id,
      pipeline: name,
      branch: input.branch,
      plan_hash: input.changes.plan_hash,
      sources_hash: input.changes.sources_hash,
      rows: input.published,
    });
  };

  async function arrived(dataset: string, revision: number, published: number): Promise<void> {
    const deadline = Date.now() + LOOK_FOR;
    for (;;) {
      const count = await store.countArrived(dataset, revision);
      if (count === published) return;
      if (count > published) {
        throw new WeirError(
          'unexpected_rows',
          `revision ${revision} of ${dataset} has ${count} rows, and the run published ${published}`,
        );
      }
      if (Date.now() > deadline || stopping.aborted) {
        throw new WeirError('rows_missing', `${published - count} of ${published} published rows cannot be read yet`, {
          retryable: true,
        });
      }
      await wait(LOOK_EVERY);
    }
  }
}
