import type { RecordSchema } from '@weir/record';
import type { ZodType } from 'zod';
import type { Warning } from './source.js';
import type { Workspace } from './workspace.js';

/**
 * What a transform works on, and what it hands on: the name of a relation in the workspace with the schema's series
 * fields and labels (VARCHAR), its time (DATE), its metrics (DOUBLE), `basis` (VARCHAR `reported|spread`), `filled`
 * (VARCHAR[]: metrics carried forward), `source` (VARCHAR), `_file` (VARCHAR) and `_row` (BIGINT).
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
