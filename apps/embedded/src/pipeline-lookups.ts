import { Cron } from 'croner';
import { kinds } from '@weir/catalogue';
import type { PipelineLookups } from '@weir/operations';
import { historyLoaded } from '@weir/orchestration';
import { sourceTypeOf, WeirError, type RevisionStore } from '@weir/pipeline';

/** What this process can tell of a pipeline: it knows the kinds of sources, the store, and how schedules are read. */
export function pipelineLookups(store: RevisionStore): PipelineLookups {
  return {
    nextRun: (cron) => new Cron(cron, { timezone: 'UTC' }).nextRun(),
    async sourceNames(plan, branch) {
      const source = plan.branches[branch]?.source;
      if (!source) throw new WeirError('unknown_branch', `${plan.name} has no branch ${branch}`);
      const items = await sourceTypeOf(source.type, kinds.sources).items(source.options, plan.folder);
      return items.map(({ name }) => name);
    },
    historyLoaded: (plan) => historyLoaded(plan, kinds.sources, store),
  };
}
