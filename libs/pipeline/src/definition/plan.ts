import type { RecordSchema } from '@weir/record';

/** A pipeline as it runs: `pipeline.yaml` after every check, variables filled in, defaults applied. */
export interface Plan {
  readonly name: string;
  readonly description: string;
  /** Absolute path of the pipeline's folder; relative paths in the file are under it. */
  readonly folder: string;
  /** The name under which the sink keeps the figures; the pipeline's name unless it says otherwise. */
  readonly dataset: string;
  readonly schedule: SchedulePlan | null;
  readonly schema: RecordSchema;
  readonly branches: { readonly [branch in Branch]?: BranchPlan };
  readonly sink: SinkPlan;
  /** How many rows may be rejected before a run fails: a count, or a share of the rows extracted (0 to 1). */
  readonly maxRejected: { readonly count: number } | { readonly share: number };
}

export type Branch = 'backfill' | 'update';

export interface SchedulePlan {
  /** In UTC. */
  readonly cron: string;
  /** A time that finds the run before it still under way is skipped. */
  readonly overlap: 'skip';
  /** A time that passed while nothing could begin is caught up within so many seconds. */
  readonly catchUpSeconds: number;
}

export interface SinkPlan {
  readonly type: string;
  /** The keys of `sink:` that belong to this kind, checked by its schema. */
  readonly options?: unknown;
}

export interface BranchPlan {
  readonly source: SourcePlan;
  readonly transforms: readonly TransformStep[];
  /**
   * SHA-256 (hex) of the branch in canonical form: comments, order of keys and formatting do not count, the contents of
   * the dictionaries it uses do, and where the source is (paths, URL) does not.
   */
  readonly hash: string;
}

export interface SourcePlan {
  readonly type: string;
  /** The keys of `source:` that belong to this kind, checked by its schema. */
  readonly options: unknown;
  readonly mapping: Mapping;
  readonly fetch: { readonly timeoutMs: number; readonly maxBytes: number; readonly retries: number };
}

/** How a source's own columns become the fields of a record. */
export interface Mapping {
  /** Record field → where its value comes from. */
  readonly columns: { readonly [field: string]: ColumnMapping };
  /** Rows that are no records (totals, footers), by a column and the exact texts it holds there (spaces folded). */
  readonly ignore: readonly { readonly column: string; readonly values: readonly string[] }[];
  /** Columns that run up from the start of a series: each day's figure is the difference to the row before. */
  readonly cumulative: { readonly metrics: readonly string[]; readonly first: 'null' | 'value' } | null;
  /** Check that the parts add up to a total row of the source. */
  readonly total: { readonly column: string; readonly value: string; readonly metrics: readonly string[] } | null;
  readonly figures: FigureFormat;
  /** What happens to a row whose name the dictionary does not know. */
  readonly unknown: 'fail' | 'reject';
}

export interface ColumnMapping {
  /** The source's own column. */
  readonly from: string | null;
  /** A constant, where there is no column. */
  readonly value: string | null;
  /** strptime format of a date column. */
  readonly format: string | null;
  /** Replaces the text by a dictionary's code; the record's label takes the dictionary's name. */
  readonly dictionary: Dictionary | null;
}

export interface Dictionary {
  readonly name: string;
  /** Text (spaces folded) → code and display name. Several texts may lead to one code. */
  readonly entries: { readonly [text: string]: { readonly code: string; readonly name: string } };
}

/** How figures are written. */
export interface FigureFormat {
  readonly decimal: '.' | ',';
  /** Texts that mean "no figure", besides blank ones. */
  readonly blank: readonly string[];
}

/** One step of `transforms:`. */
export interface TransformStep {
  readonly type: string;
  readonly options: unknown;
}
