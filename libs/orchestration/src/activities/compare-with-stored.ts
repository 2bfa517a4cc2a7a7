import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareRecords, countChanges, identifier, type Workspace } from '@weir/pipeline';
import type { CompareOutcome, StepInput, TransformOutcome } from '../contract/activities.js';
import type { StepContext } from '../contract/step.js';
import { keepParquet, once, parquetView, requireOutcome, writeParquet } from './artefacts.js';
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
    const rowsFile = await raw.path(owner.pipeline, owner.run_id, transformed.rows_file);
    const rows = await parquetView(rowsFile, 'rows', workspace);

    const time = identifier(plan.schema.time);
    const [window] = await workspace.query<{ from: string; to: string }>(
      `SELECT min(${time})::VARCHAR AS "from", max(${time})::VARCHAR AS "to" FROM ${rows}`,
    );
    const stored = join(workspace.directory, 'stored.parquet');
    await store.exportRows(
      { dataset: plan.dataset, ...(input.branch === 'update' && window ? { window } : {}) },
      stored,
    );
    const current = await parquetView(stored, 'current', workspace);
    const [{ n } = { n: 0 }] = await workspace.query<{ n: number }>(`SELECT count(*) AS n FROM ${current}`);
    // Where nothing is stored, every row is a change, and stands in its file as changes do.
    const draft =
      n === 0
        ? await copied(rowsFile, workspace)
        : await writeParquet(
            `SELECT * FROM ${await compareRecords(rows, current, input.branch, plan.schema, workspace)}`,
            workspace,
          );
    const kept = await keepParquet(raw, input, 'changes', draft);
    const changes = await parquetView(await raw.path(input.pipeline, input.run_id, kept.file), 'changes', workspace);
    const { changed, withdrawn } = await countChanges(changes, workspace);
    return {
      plan_hash: transformed.plan_hash,
      sources_hash: transformed.sources_hash,
      changes_file: kept.file,
      changes_sha256: kept.sha256,
      changed,
      withdrawn,
    };
  }
}

async function copied(file: string, workspace: Workspace): Promise<string> {
  const copy = join(workspace.directory, 'rows.parquet');
  await copyFile(file, copy);
  return copy;
}
