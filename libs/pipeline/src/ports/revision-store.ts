/** What makes a run's rows visible: written once, when all of them are readable. */
export interface Commit {
  readonly dataset: string;
  /** Strictly rising per dataset; commits happen in the order of revisions. */
  readonly revision: number;
  readonly run_id: string;
  readonly pipeline: string;
  readonly branch: string;
  /** Hash of the branch's plan (see BranchPlan.hash). */
  readonly plan_hash: string;
  /** Hash of the names of what was read. */
  readonly sources_hash: string;
  readonly rows: number;
}

/** Which row of a dataset; `date` is `YYYY-MM-DD`. */
export interface RowPlace {
  readonly region: string;
  readonly date: string;
}

/** Which visible rows an export holds. */
export interface Selection {
  readonly dataset: string;
  /** Days `YYYY-MM-DD`, inclusive; absent: every day. */
  readonly window?: { readonly from: string; readonly to: string };
  /** Adds each series' last row before the window, and its last row before the window that has each metric. */
  readonly withLastBefore?: boolean;
}

/**
 * Keeps every revision of every row, and shows readers, per row, the highest committed one.
 * Failures to reach it are `dependency_unavailable`, retryable.
 */
export interface RevisionStore {
  /**
   * Writes visible rows to a local Parquet file: series, labels, time (DATE), metrics (DOUBLE), `basis`, `filled`
   * (VARCHAR[]), `source`, `revision` (BIGINT), and `branch` (of the run that published the row).
   */
  exportRows(selection: Selection, file: string): Promise<void>;
  /** How many different rows of this revision have arrived, committed or not. */
  countArrived(dataset: string, revision: number): Promise<number>;
  /** Those of these rows that have arrived of this revision, committed or not, in any order. A thousand rows at most. */
  arrived(dataset: string, revision: number, rows: readonly RowPlace[]): Promise<RowPlace[]>;
  /** Makes a revision visible. The same run again changes nothing; below a committed revision it is `revision_superseded`. */
  commit(commit: Commit): Promise<void>;
  /** The commits of a dataset, oldest first. */
  commits(dataset: string): Promise<Commit[]>;
}
