import { join } from 'node:path';
import { compareRecords, identifier, literal, type Workspace } from '@weir/pipeline';
import type { CompareOutcome, StepInput, TransformOutcome } from '../contract/activities.js';
import type { StepContext } from '../contract/step.js';
import { keepParquet, once, requireOutcome } from './artefacts.js';
import type { ActivityDependencies } from './dependencies.js';

type CompareInput = StepInput & { readonly from_run: string | null };

/**
 * Transformed rows beside what readers see: what has to be published, as an artefact. A backfill is compared with the
 * whole dataset, because it may withdraw; an update with the days it speaks of.
 */
export function compareWithStored({ planOf, adapters, raw, store }: ActivityDependencies) {
  return async (input: CompareInput, { signal }: StepContext): Promise<CompareOutcome> => {
    const workspace = await adapters.openWorkspace(signal);
    try {
      return await once(raw, input, 'compare_with_stored', workspace, () => work(input, workspace));
    } finally {
      await workspace.close();
    }
  };

  async function work(input: CompareInput, workspace: Workspace): Promise<CompareOutcome> {
    const plan = await planOf(input);
    const owner = { pipeline: input.pipeline, run_id: input.from_run ?? input.run_id };
    const transformed = await requireOutcome<TransformOutcome>(raw, owner, 'transform');
    const rows = workspace.fresh('rows');
    const rowsPath = await raw.path(owner.pipeline, owner.run_id, transformed.rows_file);
    await workspace.run(`CREATE VIEW ${rows} AS SELECT * FROM read_parquet(${literal(rowsPath)})`);

    const time = identifier(plan.schema.time);
    const [window] = await workspace.query<{ from: string; to: string }>(
      `SELECT min(${time})::VARCHAR AS "from", max(${time})::VARCHAR AS "to" FROM ${rows}`,
    );
    const stored = join(workspace.directory, 'stored.parquet');
    await store.exportRows(
      { dataset: plan.dataset, ...(input.branch === 'update' && window ? { window } : {}) },
      stored,
    );
    const current = workspace.fresh('current');
    await workspace.run(`CREATE VIEW ${current} AS SELECT * FROM read_parquet(${literal(stored)})`);
    const changes = await compareRecords(rows, current, input.branch, plan.schema, workspace);
    const kept = await keepParquet(
      raw,
      input,
      'changes',
      `SELECT * FROM ${changes.relation} ORDER BY ordinal`,
      workspace,
    );
    return {
      plan_hash: transformed.plan_hash,
      sources_hash: transformed.sources_hash,
      changes_file: kept.file,
      changes_sha256: kept.sha256,
      changed: changes.changed,
      withdrawn: changes.withdrawn,
    };
  }
}
