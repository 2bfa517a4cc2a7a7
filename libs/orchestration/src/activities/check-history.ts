import { createHash } from 'node:crypto';
import { sourceTypeOf, WeirError, type Branch, type Commit, type Plan, type SourceItem } from '@weir/pipeline';
import type { IngestInput } from '../contract/run.js';
import type { ActivityDependencies } from './dependencies.js';

/**
 * Decides the branch. The history is loaded when a backfill of this plan and these sources (their names) is committed:
 * read from the commits beside the figures, not from a flag that can lie.
 */
export function checkHistory({ planOf, adapters, runs, store }: ActivityDependencies) {
  return async (input: IngestInput): Promise<{ branch: Branch; reason: string }> => {
    const decided = await runs.branchOf(input.run_id);
    if (decided) return { branch: decided, reason: 'decided by an earlier attempt of this run' };
    const plan = await planOf(input);
    const choice = input.branch ? forced(plan, input.branch) : await choose(plan);
    await runs.setBranch(input.run_id, choice.branch);
    return choice;
  };

  async function choose(plan: Plan): Promise<{ branch: Branch; reason: string }> {
    const { backfill } = plan.branches;
    if (!backfill) return { branch: 'update', reason: 'the pipeline has no history' };
    const type = sourceTypeOf(backfill.source.type, adapters.sources);
    const names = sourcesHash(await type.items(backfill.source.options, plan.folder));
    const commits = await store.commits(plan.dataset);
    if (!isHistoryLoaded(commits, plan.name, backfill.hash, names)) {
      return { branch: 'backfill', reason: 'no committed backfill of this plan and these sources' };
    }
    if (!plan.branches.update) {
      throw new WeirError(
        'history_loaded',
        `the history of ${plan.name} is loaded and it has no update branch: there is nothing to do. Force it with --branch backfill.`,
      );
    }
    return { branch: 'update', reason: 'the history is loaded' };
  }
}

export function isHistoryLoaded(
  commits: readonly Commit[],
  pipeline: string,
  planHash: string,
  sources: string,
): boolean {
  return commits.some(
    (commit) =>
      commit.pipeline === pipeline &&
      commit.branch === 'backfill' &&
      commit.plan_hash === planHash &&
      commit.sources_hash === sources,
  );
}

/** What a history is known by: the names of its files, in any order. */
export function sourcesHash(items: readonly Pick<SourceItem, 'name'>[]): string {
  const names = items.map(({ name }) => name).sort();
  return createHash('sha256').update(JSON.stringify(names)).digest('hex');
}

function forced(plan: Plan, branch: Branch): { branch: Branch; reason: string } {
  if (!plan.branches[branch]) {
    const has = Object.keys(plan.branches).join(', ');
    throw new WeirError('unknown_branch', `${plan.name} has no branch ${branch}; it has ${has}`);
  }
  return { branch, reason: 'asked for' };
}
