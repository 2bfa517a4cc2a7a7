import type { RecordSchema } from '@weir/record';
import type { ZodType } from 'zod';
import type { Warning } from './source.js';
import { literal, type Workspace } from './workspace.js';

/**
 * What a transform works on, and what it hands on: the name of a relation in the workspace with the schema's series
 * fields and labels, its time (DATE), its metrics (DOUBLE), `basis` (`basisOf`), `filled` (UBIGINT: the metrics carried
 * forward, `filledBit`), `source`, `_file` and `_row` (BIGINT). Texts are VARCHAR or an ENUM, which reads like one: rows
 * that are numbers throughout are sorted in half the time and half the memory.
 */
export interface TransformContext {
  readonly workspace: Workspace;
  readonly schema: RecordSchema;
  /**
   * What is stored already, for a step that needs it: a relation as RevisionStore.exportRows writes it (series, labels,
   * time, metrics, `basis`, `filled`, `source`), holding each series' rows that matter to this run. Absent in a backfill, which starts from nothing.
   */
  readonly state?: string;
}

export interface TransformResult {
  readonly relation: string;
  /** Rows left out: `file, row, code, reason, record` as in RawExtraction. */
  readonly rejects?: string;
  readonly warnings?: readonly Warning[];
}

/** A kind of transform: a function from a relation to a relation, with checked parameters. */
export interface TransformType<Options = unknown> {
  readonly type: string;
  readonly options: ZodType<Options>;
  apply(input: string, options: Options, context: TransformContext): Promise<TransformResult>;
}

/** How a row came about, as SQL. */
export function basisOf(basis: 'reported' | 'spread'): string {
  return `${literal(basis)}::ENUM('reported', 'spread')`;
}

/** `filled` where no metric was carried forward, as SQL. */
export const NOTHING_FILLED = '0::UBIGINT';

/** `filled` where just this metric was carried forward, as SQL: a bit, in the order of the schema. */
export function filledBit(metric: string, { metrics }: RecordSchema): string {
  return `${1n << BigInt(metrics.indexOf(metric))}::UBIGINT`;
}

/** The names of the metrics that a row's `filled` speaks of (VARCHAR[]), as SQL. */
export function filledNames(schema: RecordSchema): string {
  const names = schema.metrics.map(
    (metric) => `CASE WHEN filled & ${filledBit(metric, schema)} <> 0 THEN ${literal(metric)} END`,
  );
  return `CASE WHEN filled = 0 THEN []::VARCHAR[] ELSE list_filter([${names.join(', ')}], lambda name: name IS NOT NULL) END`;
}
