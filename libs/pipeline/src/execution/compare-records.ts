import type { RecordSchema } from '@weir/record';
import type { Branch } from '../definition/plan.js';
import { identifier, literal, type Workspace } from '../ports/workspace.js';

export interface Changes {
  /** A relation with `ordinal` and the fields of a RecordChunk, ordered by it. */
  readonly relation: string;
  readonly changed: number;
  readonly withdrawn: number;
}

/**
 * Figures that differ by less than this share are the same: they are computed by the same rules from the same input, so
 * that only the order of adding doubles could set them apart.
 */
const SAME = 1e-12;

/**
 * What has to be published so that readers see `rows`: the rows that are new or differ in a figure, their basis, what
 * was filled, or their label. A backfill also withdraws rows that only an earlier backfill published and that it no
 * longer yields; an update withdraws nothing, because a page that lacks a region is more likely broken than right.
 * @param current visible rows as RevisionStore.exportRows writes them.
 */
export async function compareRecords(
  rows: string,
  current: string,
  branch: Branch,
  schema: RecordSchema,
  workspace: Workspace,
): Promise<Changes> {
  const keyFields = [...schema.series, schema.time].map(identifier);
  const key = keyFields.join(', ');
  const fields = [...schema.series, ...schema.labels, schema.time, ...schema.metrics].map(identifier);
  const differs = [
    ...schema.labels.map((label) => `r.${identifier(label)} <> c.${identifier(label)}`),
    ...schema.metrics.map((metric) => differentFigure(`r.${identifier(metric)}`, `c.${identifier(metric)}`)),
    'r.basis <> c.basis',
    'list_sort(r.filled) <> list_sort(c.filled)',
  ];
  const changed = `SELECT ${fields.map((field) => `r.${field}`).join(', ')}, r.basis, r.filled, r.source, false AS withdrawn
    FROM ${rows} r LEFT JOIN ${current} c USING (${key})
    WHERE c.revision IS NULL OR ${differs.join(' OR ')}`;
  const withdrawn = `SELECT ${fields.map((field) => (isMetric(field, schema) ? `NULL::DOUBLE AS ${field}` : `c.${field}`)).join(', ')},
      c.basis, []::VARCHAR[] AS filled, c.source, true AS withdrawn
    FROM ${current} c ANTI JOIN ${rows} r USING (${key}) WHERE c.branch = ${literal('backfill')}`;
  const relation = workspace.fresh('changes');
  await workspace.run(
    `CREATE TABLE ${relation} AS SELECT row_number() OVER (ORDER BY ${key}) - 1 AS ordinal, *
     FROM (${changed}${branch === 'backfill' ? ` UNION ALL ${withdrawn}` : ''}) ORDER BY ordinal`,
  );
  const [count] = await workspace.query<{ changed: number; withdrawn: number }>(
    `SELECT count(*) FILTER (NOT withdrawn) AS changed, count(*) FILTER (withdrawn) AS withdrawn FROM ${relation}`,
  );
  return { relation, changed: count?.changed ?? 0, withdrawn: count?.withdrawn ?? 0 };
}

function isMetric(quoted: string, schema: RecordSchema): boolean {
  return schema.metrics.some((metric) => identifier(metric) === quoted);
}

function differentFigure(left: string, right: string): string {
  return `((${left} IS NULL) <> (${right} IS NULL) OR coalesce(abs(${left} - ${right}) > ${SAME} * greatest(abs(${left}), abs(${right})), false))`;
}
