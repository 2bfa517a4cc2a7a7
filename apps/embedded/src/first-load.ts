import type { Plan } from '@weir/pipeline';
import type { Run } from '@weir/orchestration';
import { executeRun } from './execute-run.js';
import type { System } from './system.js';

export interface FirstLoadListener {
  readonly began: (pipeline: string) => void;
  readonly ended: (run: Run) => void;
}

/**
 * Brings every scheduled pipeline up to date once: takes up what an earlier process left open, loads what history is
 * missing, and looks for something new. A failure is reported and left to the schedule.
 * @returns whether every history is loaded.
 */
export async function firstLoad(system: System, listener: FirstLoadListener, stopping: AbortSignal): Promise<boolean> {
  const { catalogue, engine, runs } = system;
  for (const { run_id, pipeline } of await engine.resume()) {
    listener.began(pipeline);
    await engine.settled();
    const run = await runs.find(run_id);
    if (run) listener.ended(run);
  }
  let loaded = true;
  for (const { plan } of await catalogue.all()) {
    if (!plan?.schedule || stopping.aborted) continue;
    listener.began(plan.name);
    loaded = (await bringUpToDate(system, plan, listener)) && loaded;
  }
  return loaded;
}

/** A backfill where the history is not loaded, then an update. */
async function bringUpToDate(system: System, plan: Plan, listener: FirstLoadListener): Promise<boolean> {
  const request = { pipeline: plan.name, branch: null, only: null };
  const first = await executeRun(system, request);
  listener.ended(first);
  if (first.branch === 'update') return true;
  if (first.status !== 'succeeded') return false;
  if (plan.branches.update) listener.ended(await executeRun(system, request));
  return true;
}
