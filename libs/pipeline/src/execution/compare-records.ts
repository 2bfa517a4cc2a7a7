import type { RecordSchema } from '@weir/record';
import type { Branch } from '../definition/plan.js';
import { identifier, literal, type Workspace } from '../ports/workspace.js';
import { enumeratedType } from './distinct-texts.js';

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
 * @returns a relation with `ordinal` and the fields of a RecordChunk, in that order: by series and day.
 */
export async function compareRecords(
  rows: string,
  current: string,
  branch: Branch,
  schema: RecordSchema,
  workspace: Workspace,
): Promise<string> {
  const keyFields = [...schema.series, schema.time].map(identifier);
  const key = keyFields.join(', ');
  const fields = [...schema.series, ...schema.labels, schema.time, ...schema.metrics].map(identifier);
  const differs = [
    ...schema.labels.map((label) => `r.${identifier(label)} <> c.${identifier(label)}`),
    ...schema.metrics.map((metric) => differentFigure(`r.${identifier(metric)}`, `c.${identifier(metric)}`)),
    'r.basis <> c.basis',
    'list_sort(r.filled) <> list_sort(c.filled)',
  ];
  const published = `${fields.map((field) => `r.${field}`).join(', ')}, r.basis, r.filled, r.source, false AS withdrawn`;
  const [after, before] = await withEnumeratedTexts([rows, current], schema, workspace);
  const changed = `SELECT ${published}
    FROM ${after} r LEFT JOIN ${before} c USING (${key})
    WHERE c.revision IS NULL OR ${differs.join(' OR ')}`;
  const withdrawn = `SELECT ${fields.map((field) => (isMetric(field, schema) ? `NULL::DOUBLE AS ${field}` : `c.${field}`)).join(', ')},
      c.basis, []::VARCHAR[] AS filled, c.source, true AS withdrawn
    FROM ${before} c ANTI JOIN ${after} r USING (${key}) WHERE c.branch = ${literal('backfill')}`;
  const changes = `${changed}${branch === 'backfill' ? ` UNION ALL ${withdrawn}` : ''}`;
  const relation = workspace.fresh('changes');
  await workspace.run(
    `CREATE VIEW ${relation} AS SELECT row_number() OVER () - 1 AS ordinal, * FROM (SELECT * FROM (${changes}) ORDER BY ${key})`,
  );
  return relation;
}

/** Views of relations whose series, labels and sources are numbers that look like texts, the same ones in each. */
async function withEnumeratedTexts(
  relations: readonly string[],
  schema: RecordSchema,
  workspace: Workspace,
): Promise<string[]> {
  const columns = [...schema.series, ...schema.labels, 'source'].map(identifier);
  const casts: string[] = [];
  for (const column of columns) {
    const distinct = relations.map((relation) => `SELECT DISTINCT ${column} FROM ${relation}`);
    casts.push(`${column}::${await enumeratedType(distinct, workspace)} AS ${column}`);
  }
  const views: string[] = [];
  for (const relation of relations) {
    const view = workspace.fresh('enumerated');
    await workspace.run(`CREATE VIEW ${view} AS SELECT * REPLACE (${casts.join(', ')}) FROM ${relation}`);
    views.push(view);
  }
  return views;
}

/** How many of the changes set a row, and how many withdraw one. */
export async function countChanges(
  changes: string,
  workspace: Workspace,
): Promise<{ readonly changed: number; readonly withdrawn: number }> {
  const [count] = await workspace.query<{ changed: number; withdrawn: number }>(
    `SELECT count(*) FILTER (NOT withdrawn) AS changed, count(*) FILTER (withdrawn) AS withdrawn FROM ${changes}`,
  );
  return count ?? { changed: 0, withdrawn: 0 };
}

function isMetric(quoted: string, schema: RecordSchema): boolean {
  return schema.metrics.some((metric) => identifier(metric) === quoted);
}

function differentFigure(left: string, right: string): string {
  return `((${left} IS NULL) <> (${right} IS NULL) OR coalesce(abs(${left} - ${right}) > ${SAME} * greatest(abs(${left}), abs(${right})), false))`;
}
