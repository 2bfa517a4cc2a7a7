import { Cron } from 'croner';
import { historyLoaded } from '@weir/orchestration';
import { sourceTypeOf, WeirError, type RevisionStore, type SourceType } from '@weir/pipeline';
import type { PipelineLookups } from './pipelines.service.js';

/** What a process can tell of a pipeline that is bound to kinds of sources and to a store. */
export function pipelineLookups(
  sources: readonly SourceType[],
  store: Pick<RevisionStore, 'commits'>,
): PipelineLookups {
  return {
    nextRun: (cron) => new Cron(cron, { timezone: 'UTC' }).nextRun(),
    async sourceNames(plan, branch) {
      const source = plan.branches[branch]?.source;
      if (!source) throw new WeirError('unknown_branch', `${plan.name} has no branch ${branch}`);
      const items = await sourceTypeOf(source.type, sources).items(source.options, plan.folder);
      return items.map(({ name }) => name);
    },
    historyLoaded: (plan) => historyLoaded(plan, sources, store),
  };
}
