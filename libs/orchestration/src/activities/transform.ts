import { join } from 'node:path';
import {
  extractRecords,
  identifier,
  inOrder,
  literal,
  sourceTypeOf,
  transformRecords,
  validateRecords,
  WeirError,
  type LandedItem,
  type Plan,
  type Workspace,
} from '@weir/pipeline';
import type { StepInput, TransformOutcome } from '../contract/activities.js';
import type { StepContext } from '../contract/step.js';
import { keepParquet, once, parquetView, REJECTS_FILE, STATE_FILE, writeParquet } from './artefacts.js';
import { branchPlan } from './branch-plan.js';
import { sourcesHash } from './check-history.js';
import type { ActivityDependencies } from './dependencies.js';

type TransformInput = StepInput & { readonly from_run: string | null };

/**
 * Landed files → valid rows, as an artefact. Rejected rows are an artefact too, with the place and the reason of each;
 * more of them than the pipeline allows fail the run (`too_many_rejects`), and so does a source without a row (`no_rows`).
 */
export function transform({ planOf, adapters, raw, store, monitor }: ActivityDependencies) {
  return async (input: TransformInput, { signal }: StepContext): Promise<TransformOutcome> => {
    const workspace = await adapters.openWorkspace(signal);
    try {
      return await once(raw, input, 'transform', workspace, () => work(input, workspace));
    } finally {
      await workspace.close();
    }
  };

  async function work(input: TransformInput, workspace: Workspace): Promise<TransformOutcome> {
    const plan = await planOf(input);
    const branch = branchPlan(plan, input.branch);
    const { source, transforms } = branch;
    const items = await landedItems(input);
    const progress = (done: number) =>
      monitor.progress({
        run_id: input.run_id,
        pipeline: input.pipeline,
        step: 'transform',
        done,
        total: null,
        unit: 'rows',
      });

    const type = sourceTypeOf(source.type, adapters.sources);
    const records = await extractRecords(source, type, items, plan.schema, workspace);
    const read = await count(records.relation, workspace);
    progress(read);
    const state = input.branch === 'update' ? await storedState(input, plan, records.relation, workspace) : undefined;
    const transformed = await transformRecords(records.relation, transforms, adapters.transforms, {
      workspace,
      schema: plan.schema,
      ...(state ? { state } : {}),
    });
    const computed = await writeRows(inOrder(transformed.relation, plan.schema), workspace);
    await records.free();
    const valid = await validateRecords(computed.relation, plan.schema, workspace);

    const rejects = [records.rejects, ...transformed.rejects, valid.rejects];
    const rejected = await keepRejects(input, rejects, workspace);
    const extracted = read + (await count(records.rejects, workspace));
    const rows = await count(valid.relation, workspace);
    refuseTooMany(plan, { extracted, rejected: rejected.count, published: 0 }, rejected.examples);
    if (rows === 0) {
      throw new WeirError(
        'no_rows',
        `${items.map(({ name }) => name).join(', ')}: not one record could be read. Nothing was stored; compare the source with its mapping in the pipeline file.`,
      );
    }
    const kept =
      valid.relation === computed.relation
        ? computed
        : await writeRows(`SELECT * EXCLUDE (ordinal, withdrawn) FROM ${valid.relation} ORDER BY ordinal`, workspace);
    const { file } = await keepParquet(raw, input, 'rows', kept.file);
    return {
      plan_hash: branch.hash,
      sources_hash: sourcesHash(items),
      rows_file: file,
      rows,
      extracted,
      rejected: rejected.count,
      warnings: [...records.warnings, ...transformed.warnings],
    };
  }

  async function landedItems(input: TransformInput): Promise<LandedItem[]> {
    const run = input.from_run ?? input.run_id;
    const manifest = await raw.readManifest(input.pipeline, run);
    if (!manifest) {
      throw new WeirError(
        'artefact_missing',
        `run ${run} of ${input.pipeline} has landed nothing to transform. Run --only extract first.`,
      );
    }
    return Promise.all(
      manifest.files.map(async (file) => ({ name: file.name, path: await raw.path(input.pipeline, run, file.file) })),
    );
  }

  /** What is stored already of the days around the records, as an artefact, so that a retry sees the same. */
  async function storedState(
    input: TransformInput,
    plan: Plan,
    records: string,
    workspace: Workspace,
  ): Promise<string> {
    if (!(await raw.has(input.pipeline, input.run_id, STATE_FILE))) {
      const time = identifier(plan.schema.time);
      // A week's sum reaches six days back from its date.
      const [window] = await workspace.query<{ from: string | null; to: string | null }>(
        `SELECT (min(${time}) - 6)::DATE::VARCHAR AS "from", max(${time})::VARCHAR AS "to" FROM ${records}`,
      );
      const draft = join(workspace.directory, STATE_FILE);
      await store.exportRows(
        {
          dataset: plan.dataset,
          window: { from: window?.from ?? '1900-01-01', to: window?.to ?? '1900-01-01' },
          withLastBefore: true,
        },
        draft,
      );
      await raw.keep(input.pipeline, input.run_id, STATE_FILE, draft);
    }
    return parquetView(await raw.path(input.pipeline, input.run_id, STATE_FILE), 'state', workspace);
  }

  async function keepRejects(input: TransformInput, relations: readonly string[], workspace: Workspace) {
    const all = relations
      .map((relation) => `SELECT file, row, code, reason, record FROM ${relation}`)
      .join(' UNION ALL ');
    const table = workspace.fresh('all_rejects');
    await workspace.run(`CREATE TABLE ${table} AS SELECT * FROM (${all}) ORDER BY file, row, code`);
    const draft = join(workspace.directory, REJECTS_FILE);
    await workspace.run(
      `COPY (SELECT file, row, code, reason, record::JSON AS record FROM ${table}) TO ${literal(draft)} (FORMAT json)`,
    );
    await raw.keep(input.pipeline, input.run_id, REJECTS_FILE, draft);
    const examples = await workspace.query<{ file: string; row: number; reason: string }>(
      `SELECT file, row, reason FROM ${table} LIMIT 3`,
    );
    return { count: await count(table, workspace), examples };
  }
}

/**
 * Computes rows into a file, once, in their order. They stand in it as changes do (RecordChunk): where nothing is stored yet,
 * they are the changes.
 */
async function writeRows(
  inOrder: string,
  workspace: Workspace,
): Promise<{ readonly file: string; readonly relation: string }> {
  const file = await writeParquet(
    `SELECT row_number() OVER () - 1 AS ordinal, *, false AS withdrawn FROM (${inOrder})`,
    workspace,
  );
  return { file, relation: await parquetView(file, 'computed', workspace) };
}

async function count(relation: string, workspace: Workspace): Promise<number> {
  const [row] = await workspace.query<{ n: number }>(`SELECT count(*) AS n FROM ${relation}`);
  return row?.n ?? 0;
}

function refuseTooMany(
  plan: Plan,
  counts: { readonly extracted: number; readonly rejected: number; readonly published: number },
  examples: readonly { readonly file: string; readonly row: number; readonly reason: string }[],
): void {
  const limit =
    'count' in plan.maxRejected ? plan.maxRejected.count : Math.floor(plan.maxRejected.share * counts.extracted);
  if (counts.rejected <= limit) return;
  const shown = examples.map(({ file, row, reason }) => `${file}:${row}: ${reason}`).join('; ');
  throw new WeirError(
    'too_many_rejects',
    `${counts.rejected} of ${counts.extracted} rows were rejected, and max_rejected allows ${limit}. The first: ${shown}. ` +
      `All are in the run's ${REJECTS_FILE}. Mend the source or its mapping, or raise max_rejected.`,
    { details: { counts } },
  );
}
