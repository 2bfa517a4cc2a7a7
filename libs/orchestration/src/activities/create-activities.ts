import type { Steps } from '../contract/step.js';
import { checkHistory } from './check-history.js';
import { closeRun } from './close-run.js';
import { commitRun } from './commit-run.js';
import { compareWithStored } from './compare-with-stored.js';
import type { ActivityDependencies } from './dependencies.js';
import { extract } from './extract.js';
import { loadData } from './load-data.js';
import { transform } from './transform.js';

/** The steps of a run, bound to what they work with. */
export function createActivities(dependencies: ActivityDependencies): Steps {
  const { planOf, runs } = dependencies;
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
    close_run: closeRun(dependencies),
  };
}
