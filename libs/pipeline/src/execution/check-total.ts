import type { RecordSchema } from '@weir/record';
import type { Mapping } from '../definition/plan.js';
import { WeirError } from '../errors/weir-error.js';
import { identifier, literal, type Workspace } from '../ports/workspace.js';
import { dayFormat, dayValue, figureError, figureValue, folded, textOf } from './text-sql.js';

/** How far the sum of the parts may be from the total, as a share of the total: the error of adding doubles. */
const TOLERANCE = 1e-9;
/** How many contradictions a message shows. */
const SHOWN = 5;

/** The rows of a source that hold its own totals. */
export interface Totals {
  readonly relation: string;
  /** The column that says that a row is a total, and the text it holds there. */
  readonly column: string;
  readonly value: string;
  /** The metrics whose parts must add up. */
  readonly metrics: readonly string[];
}

interface Mismatch {
  readonly metric: string;
  readonly day: string | null;
  /** As the source wrote it; blank totals claim nothing and are not here. */
  readonly said: string;
  readonly summed: number | null;
}

/**
 * The parts of each day must add up to the source's own total row: a page on which a region went missing, or was read
 * from the wrong column, is refused here.
 * @param parsed rows with the schema's fields, and `_code` where they are rejected.
 *
 * Errors: `total_not_found` (at all, or for a day that has parts), `total_mismatch`.
 */
export async function checkTotal(
  totals: Totals,
  parsed: string,
  mapping: Mapping,
  schema: RecordSchema,
  workspace: Workspace,
): Promise<void> {
  const time = mapping.columns[schema.time];
  const metrics = totals.metrics.flatMap((metric) => {
    const column = mapping.columns[metric];
    return column ? [{ metric, text: textOf(column, 't') }] : [];
  });
  if (!time || metrics.length === 0) return;
  const day = dayValue(textOf(time, 't'), dayFormat(time));
  const sums = metrics.map(({ metric }) => `sum(${identifier(metric)}) AS ${identifier(metric)}`);
  const parts = `(SELECT ${identifier(schema.time)} AS day, ${sums.join(', ')} FROM ${parsed} WHERE _code IS NULL GROUP BY ALL)`;

  await refuseMissing(totals, `SELECT ${day} AS day FROM ${totals.relation} t`, parts, workspace);
  const checks = metrics.map(({ metric, text }) => {
    const said = figureValue(text, mapping.figures);
    return `SELECT ${literal(metric)} AS metric, ${day}::VARCHAR AS day, ${folded(text)} AS said, parts.${identifier(metric)} AS summed
      FROM ${totals.relation} t LEFT JOIN ${parts} parts ON parts.day = ${day}
      WHERE CASE WHEN ${said} IS NULL THEN ${figureError(said, text, mapping.figures)}
        ELSE abs(${said} - coalesce(parts.${identifier(metric)}, 0)) > ${TOLERANCE} * greatest(1, abs(${said})) END`;
  });
  const wrong = await workspace.query<Mismatch>(`SELECT * FROM (${checks.join(' UNION ALL ')}) ORDER BY day, metric`);
  if (wrong.length === 0) return;
  const shown = wrong
    .slice(0, SHOWN)
    .map(
      ({ metric, day: on, said, summed }) =>
        `${metric} of ${on}: the total says ${said}, the parts add up to ${summed ?? 0}`,
    );
  throw new WeirError(
    'total_mismatch',
    `${shown.join('; ')}${andMore(wrong)}. ${await likelyCause(parsed, workspace)}; nothing was stored.`,
    { details: { mismatches: wrong.slice(0, SHOWN) } },
  );
}

/** A part that could not be read is missing from the sum, and its own reason says more than the sum does. */
async function likelyCause(parsed: string, workspace: Workspace): Promise<string> {
  const [first] = await workspace.query<{ file: string; row: number; reason: string; all: number }>(
    `SELECT _file AS file, _row AS row, _reason AS reason, count(*) OVER () AS "all" FROM ${parsed}
     WHERE _code IS NOT NULL ORDER BY file, row LIMIT 1`,
  );
  if (!first) return 'A part may be missing, counted twice, or read from another column';
  const others = first.all > 1 ? ` (and ${first.all - 1} more)` : '';
  return `A part could not be used: ${first.file}:${first.row}: ${first.reason}${others}`;
}

/** A total row that is not there cannot vouch for the parts. */
async function refuseMissing(totals: Totals, totalDays: string, parts: string, workspace: Workspace): Promise<void> {
  const [{ n } = { n: 0 }] = await workspace.query<{ n: number }>(`SELECT count(*) AS n FROM ${totals.relation}`);
  const missing = await workspace.query<{ day: string }>(
    `SELECT day::VARCHAR AS day FROM ${parts} WHERE day NOT IN (SELECT day FROM (${totalDays}) WHERE day IS NOT NULL) ORDER BY day`,
  );
  if (n > 0 && missing.length === 0) return;
  const days = missing.slice(0, SHOWN).map(({ day }) => day);
  throw new WeirError(
    'total_not_found',
    `no row${n > 0 ? ` of ${days.join(', ')}${andMore(missing)}` : ''} holds "${totals.value}" in column "${totals.column}", ` +
      'so that the parts cannot be checked against the total. Compare the total: of the pipeline file with the source.',
    { details: { column: totals.column, value: totals.value, days } },
  );
}

function andMore(all: readonly unknown[]): string {
  return all.length > SHOWN ? `; and ${all.length - SHOWN} more` : '';
}
