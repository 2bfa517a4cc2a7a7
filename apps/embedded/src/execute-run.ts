import { randomUUID } from 'node:crypto';
import { WeirError } from '@weir/pipeline';
import type { Run } from '@weir/orchestration';
import type { RunRequest } from '@weir/operations';
import type { System } from './system.js';

/** Records a run of a pipeline and executes it to its end, after whatever was left open, and what is queued, of it. */
export async function executeRun({ catalogue, runs, engine }: System, request: RunRequest): Promise<Run> {
  const { pipeline, branch, only } = request;
  const plan = await catalogue.plan(pipeline);
  const from_run = only === 'transform' || only === 'load' ? await artefactsFor(only) : null;
  const input = { run_id: randomUUID(), pipeline, branch: branch ?? (await branchOf(from_run)), only, from_run };
  await engine.resume();
  await runs.create(input, plan.dataset);
  await engine.execute(input);
  const run = await runs.find(input.run_id);
  if (!run) throw new WeirError('internal_error', `run ${input.run_id} is gone`);
  return run;

  async function artefactsFor(step: 'transform' | 'load'): Promise<string> {
    const needed = step === 'transform' ? 'extract' : 'transform';
    const found = await runs.latestWith(pipeline, needed, branch);
    if (found) return found;
    throw new WeirError(
      'artefact_missing',
      `--only ${step} takes up what an earlier run left, and no run of ${pipeline}${branch ? `, ${branch},` : ''} has done ${needed} yet. Run --only ${needed} first.`,
    );
  }

  /** What was extracted for one branch is transformed and loaded for the same. */
  async function branchOf(run: string | null) {
    return run === null ? null : runs.branchOf(run);
  }
}
