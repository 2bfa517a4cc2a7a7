import { randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan } from '@weir/pipeline';
import type { RawStore } from '@weir/raw';

const PLAN_FILE = 'plan.json';

export interface RunKey {
  readonly pipeline: string;
  readonly run_id: string;
}

/**
 * The plan of a run: what its pipeline file said when the run began, kept among its artefacts. A file that changes
 * while a run is under way, or between a kill and the restart, counts from the next run on.
 */
export function planOfRun(raw: RawStore, readPlan: (pipeline: string) => Promise<Plan>) {
  return async ({ pipeline, run_id }: RunKey): Promise<Plan> => {
    if (await raw.has(pipeline, run_id, PLAN_FILE)) {
      return JSON.parse(await readFile(await raw.path(pipeline, run_id, PLAN_FILE), 'utf8')) as Plan;
    }
    const plan = await readPlan(pipeline);
    const draft = join(tmpdir(), `weir-plan-${randomUUID()}.json`);
    try {
      await writeFile(draft, `${JSON.stringify(plan, null, 2)}\n`, { mode: 0o600 });
      await raw.keep(pipeline, run_id, PLAN_FILE, draft);
    } finally {
      await rm(draft, { force: true });
    }
    return plan;
  };
}
