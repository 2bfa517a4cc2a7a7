import { sourceTypeOf } from '@weir/pipeline';
import type { LandedFile } from '@weir/raw';
import type { LandedCounts, StepInput } from '../contract/activities.js';
import { endIfAsked, type StepContext } from '../contract/step.js';
import { branchPlan } from './branch-plan.js';
import type { ActivityDependencies } from './dependencies.js';

/** Fetches every item of the branch's source and lands its bytes. What a run landed before is not fetched again. */
export function extract({ planOf, adapters, raw, monitor }: ActivityDependencies) {
  return async (input: StepInput, { signal }: StepContext): Promise<LandedCounts> => {
    const earlier = await raw.readManifest(input.pipeline, input.run_id);
    if (earlier) return counts(earlier.files);
    const plan = await planOf(input);
    const { source } = branchPlan(plan, input.branch);
    const items = await sourceTypeOf(source.type, adapters.sources).items(source.options, plan.folder);
    const files: LandedFile[] = [];
    for (const item of items) {
      endIfAsked(signal);
      monitor.progress({ ...about(input), done: files.length, total: items.length });
      const fetched = await adapters.fetcher.open(item, source.fetch);
      files.push(
        await raw.land(input.pipeline, input.run_id, {
          name: item.name,
          body: fetched.body,
          contentType: fetched.contentType,
        }),
      );
    }
    monitor.progress({ ...about(input), done: files.length, total: items.length });
    await raw.writeManifest({ run_id: input.run_id, pipeline: input.pipeline, branch: input.branch, files });
    return counts(files);
  };
}

function counts(files: readonly LandedFile[]): LandedCounts {
  return { files: files.length, bytes: files.reduce((sum, file) => sum + file.bytes, 0) };
}

function about(input: StepInput) {
  return { run_id: input.run_id, pipeline: input.pipeline, step: 'extract', unit: 'files' as const };
}
