import type { Activities } from '../contract/activities.js';
import { checkHistory } from './check-history.js';
import { commitRun } from './commit-run.js';
import { compareWithStored } from './compare-with-stored.js';
import type { ActivityDependencies } from './dependencies.js';
import { extract } from './extract.js';
import { loadData } from './load-data.js';
import { transform } from './transform.js';

/** The steps of a run, bound to what they work with. */
export function createActivities(dependencies: ActivityDependencies): Activities {
  const { planOf, runs, raw } = dependencies;
  return {
    async open_run(input) {
      const { dataset } = await planOf(input);
      await runs.claimDataset(dataset, input.run_id);
      await runs.start(input.run_id);
    },
    check_history: checkHistory(dependencies),
    extract: extract(dependencies),
    transform: transform(dependencies),
    compare_with_stored: compareWithStored(dependencies),
    load_data: loadData(dependencies),
    commit_run: commitRun(dependencies),
    async close_run({ run_id, pipeline, status, counts, warnings, error }) {
      // What a look at an unchanged page landed says nothing that is not stored, and there is one every few minutes.
      if (status === 'nothing_new') await raw.discard(pipeline, run_id);
      await runs.end({
        run_id,
        status,
        counts,
        warnings,
        error: error && { code: error.code, message: error.message },
      });
      await runs.releaseDatasetsOf(run_id);
    },
  };
}
