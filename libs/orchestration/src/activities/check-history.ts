import { createHash } from 'node:crypto';
import {
  sourceTypeOf,
  WeirError,
  type Branch,
  type Commit,
  type Plan,
  type RevisionStore,
  type SourceItem,
  type SourceType,
} from '@weir/pipeline';
import type { HistoryCheck } from '../contract/activities.js';
import type { IngestInput } from '../contract/run.js';
import type { ActivityDependencies } from './dependencies.js';

/**
 * Decides the branch. The history is loaded when the dataset's last committed backfill is of this plan and these sources
 * (their names): read from the commits beside the figures, not from a flag that can lie. The last, because a backfill of
 * other files or another plan withdraws what they do not yield: whoever goes back to the first has to load it again.
 */
export function checkHistory({ planOf, adapters, runs, store }: ActivityDependencies) {
  return async (input: IngestInput): Promise<HistoryCheck> => {
    const decided = await runs.branchOf(input.run_id);
    if (decided) {
      return { branch: decided, nothing_to_do: false, reason: 'decided by an earlier attempt of this run' };
    }
    const plan = await planOf(input);
    const choice = input.branch ? forced(plan, input.branch) : await choose(plan);
    if (!choice.nothing_to_do) await runs.setBranch(input.run_id, choice.branch);
    return choice;
  };

  async function choose(plan: Plan): Promise<HistoryCheck> {
    const loaded = await historyLoaded(plan, adapters.sources, store);
    if (loaded === null) return { branch: 'update', nothing_to_do: false, reason: 'the pipeline has no history' };
    if (!loaded) {
      return {
        branch: 'backfill',
        nothing_to_do: false,
        reason: 'the history of this plan and these sources is not loaded',
      };
    }
    const reason = 'the history is loaded';
    if (!plan.branches.update) return { branch: 'backfill', nothing_to_do: true, reason };
    return { branch: 'update', nothing_to_do: false, reason };
  }
}

/** Whether the history of a pipeline is loaded; null where it has none. Throws what its source says of missing files. */
export async function historyLoaded(
  plan: Plan,
  sources: readonly SourceType[],
  store: Pick<RevisionStore, 'commits'>,
): Promise<boolean | null> {
  const { backfill } = plan.branches;
  if (!backfill) return null;
  const type = sourceTypeOf(backfill.source.type, sources);
  const names = sourcesHash(await type.items(backfill.source.options, plan.folder));
  return isHistoryLoaded(await store.commits(plan.dataset), plan.name, backfill.hash, names);
}

export function isHistoryLoaded(
  commits: readonly Commit[],
  pipeline: string,
  planHash: string,
  sources: string,
): boolean {
  const last = commits.findLast(({ branch }) => branch === 'backfill');
  return last?.pipeline === pipeline && last.plan_hash === planHash && last.sources_hash === sources;
}

/** What a history is known by: the names of its files, in any order. */
export function sourcesHash(items: readonly Pick<SourceItem, 'name'>[]): string {
  const names = items.map(({ name }) => name).sort();
  return createHash('sha256').update(JSON.stringify(names)).digest('hex');
}

function forced(plan: Plan, branch: Branch): HistoryCheck {
  if (!plan.branches[branch]) {
    const has = Object.keys(plan.branches).join(', ');
    throw new WeirError('unknown_branch', `${plan.name} has no branch ${branch}; it has ${has}`);
  }
  return { branch, nothing_to_do: false, reason: 'asked for' };
}
