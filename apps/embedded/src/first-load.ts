import type { CatalogueEntry } from '@weir/catalogue';
import type { Plan } from '@weir/pipeline';
import type { Run } from '@weir/orchestration';
import type { System } from './system.js';

export interface FirstLoadListener {
  readonly began: (pipeline: string) => void;
  readonly ended: (run: Run) => void;
  /** A pipeline whose file cannot be used. */
  readonly broken: (entry: CatalogueEntry) => void;
}

/**
 * Brings every scheduled pipeline up to date once: takes up what an earlier process left open, loads what history is
 * missing, and looks for something new. A failure is reported and left to the schedule.
 * @returns the pipelines whose history is not there.
 */
export async function firstLoad(
  system: System,
  listener: FirstLoadListener,
  stopping: AbortSignal,
): Promise<Set<string>> {
  const { catalogue, engine, runs } = system;
  for (const { run_id, pipeline } of await engine.resume()) {
    listener.began(pipeline);
    await engine.settled();
    const run = await runs.find(run_id);
    if (run) listener.ended(run);
  }
  const missing = new Set<string>();
  for (const entry of await catalogue.all()) {
    const { name, plan } = entry;
    if (!plan) {
      listener.broken(entry);
      missing.add(name);
    } else if (plan.schedule && !stopping.aborted) {
      listener.began(name);
      if (!(await bringUpToDate(system, plan, listener))) missing.add(name);
    }
  }
  return missing;
}

/** A backfill where the history is not loaded, then an update. @returns whether the history is there. */
async function bringUpToDate(system: System, plan: Plan, listener: FirstLoadListener): Promise<boolean> {
  const request = { pipeline: plan.name, branch: null, only: null };
  const first = await system.launcher.execute(request);
  listener.ended(first);
  if (first.branch === 'update' || first.status === 'nothing_new') return true;
  if (first.status !== 'succeeded') return false;
  if (plan.branches.update) listener.ended(await system.launcher.execute(request));
  return true;
}
