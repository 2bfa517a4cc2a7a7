import { setTimeout as wait } from 'node:timers/promises';
import { sourceTypeOf, WeirError } from '@weir/pipeline';
import type { StepInput } from '../contract/activities.js';
import { branchPlan } from './branch-plan.js';
import { sourcesHash } from './check-history.js';
import type { ActivityDependencies } from './dependencies.js';

/** Milliseconds between two looks at what has arrived, and how long to look: the sink retries by itself all that time. */
const LOOK_EVERY = 200;
const LOOK_FOR = 120_000;

/** Makes the run's rows visible once every one of them can be read: until then nobody sees any. */
export function commitRun({ planOf, adapters, raw, store, stopping }: ActivityDependencies) {
  return async (input: StepInput & { readonly revision: number; readonly published: number }): Promise<void> => {
    const plan = await planOf(input);
    const branch = branchPlan(plan, input.branch);
    await arrived(plan.dataset, input.revision, input.published);
    const manifest = await raw.readManifest(input.pipeline, input.run_id);
    const items =
      manifest?.files ??
      (await sourceTypeOf(branch.source.type, adapters.sources).items(branch.source.options, plan.folder));
    await store.commit({
      dataset: plan.dataset,
      revision: input.revision,
      run_id: input.run_id,
      pipeline: plan.name,
      branch: input.branch,
      plan_hash: branch.hash,
      sources_hash: sourcesHash(items),
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
