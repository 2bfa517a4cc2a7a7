import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import {
  extractRecords,
  filledNames,
  identifier,
  sourceTypeOf,
  transformRecords,
  WeirError,
  type Branch,
  type Fetcher,
  type LandedItem,
  type Plan,
  type Workspace,
} from '@weir/pipeline';
import { kinds } from './kinds.js';

export interface PreviewStage {
  /** `source`, or the transform's type. */
  readonly stage: string;
  readonly rows: number;
  /** The first records of one series after another, in order. */
  readonly records: readonly { readonly [field: string]: unknown }[];
}

export interface Preview {
  readonly pipeline: string;
  readonly branch: Branch;
  readonly stages: readonly PreviewStage[];
  readonly rejected: number;
  readonly warnings: readonly { readonly code: string; readonly message: string; readonly count: number }[];
}

/**
 * What a pipeline would make of its source now: the first records before and after each transform. It fetches into the
 * workspace's scratch folder and writes nowhere else; it does not know what is stored, so that an update's gaps are not
 * filled from earlier days.
 */
export async function previewPipeline(
  plan: Plan,
  wanted: Branch | null,
  limit: number,
  fetcher: Fetcher,
  workspace: Workspace,
): Promise<Preview> {
  const branch = wanted ?? (plan.branches.backfill ? 'backfill' : 'update');
  const chosen = plan.branches[branch];
  if (!chosen) {
    throw new WeirError(
      'unknown_branch',
      `${plan.name} has no branch ${branch}; it has ${Object.keys(plan.branches).join(', ')}`,
    );
  }
  const { source, transforms } = chosen;
  const type = sourceTypeOf(source.type, kinds.sources);
  const items: LandedItem[] = [];
  for (const item of await type.items(source.options, plan.folder)) {
    const { body } = await fetcher.open(item, source.fetch);
    const path = join(workspace.directory, `item-${items.length}`);
    await pipeline(body, createWriteStream(path));
    items.push({ name: item.name, path });
  }
  const records = await extractRecords(source, type, items, plan.schema, workspace);
  const transformed = await transformRecords(records.relation, transforms, kinds.transforms, {
    workspace,
    schema: plan.schema,
  });
  const stages = [{ type: 'source', relation: records.relation }, ...transformed.steps];
  const shown: PreviewStage[] = [];
  for (const { type: stage, relation } of stages) shown.push(await look(stage, relation, plan, limit, workspace));
  return {
    pipeline: plan.name,
    branch,
    stages: shown,
    rejected: await total([records.rejects, ...transformed.rejects], workspace),
    warnings: [...records.warnings, ...transformed.warnings],
  };
}

async function look(
  stage: string,
  relation: string,
  plan: Plan,
  limit: number,
  workspace: Workspace,
): Promise<PreviewStage> {
  const { series, time, metrics } = plan.schema;
  const key = [...series, time].map(identifier).join(', ');
  const fields = [...series, time, ...metrics].map(identifier).join(', ');
  const records = await workspace.query<{ [field: string]: unknown }>(
    `SELECT ${fields}, basis, ${filledNames(plan.schema)} AS filled FROM ${relation} ORDER BY ${key} LIMIT ${Math.trunc(limit)}`,
  );
  return { stage, rows: await total([relation], workspace), records };
}

async function total(relations: readonly string[], workspace: Workspace): Promise<number> {
  let rows = 0;
  for (const relation of relations) {
    const [row] = await workspace.query<{ n: number }>(`SELECT count(*) AS n FROM ${relation}`);
    rows += row?.n ?? 0;
  }
  return rows;
}
