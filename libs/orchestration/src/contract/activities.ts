import type { Branch, Failure, Warning } from '@weir/pipeline';
import type { Counts, IngestInput, IngestResult } from './run.js';

/** What every activity is told. */
export interface StepInput {
  readonly run_id: string;
  readonly pipeline: string;
  readonly branch: Branch;
}

export interface HistoryCheck {
  readonly branch: Branch;
  /** The history is loaded, and the pipeline has nothing else. */
  readonly nothing_to_do: boolean;
  readonly reason: string;
}

export interface LandedCounts {
  readonly files: number;
  readonly bytes: number;
}

/** What rows were made from: the plan of their branch, and the names of what was read. A commit says so of its history. */
export interface Provenance {
  readonly plan_hash: string;
  readonly sources_hash: string;
}

export interface TransformOutcome extends Provenance {
  /** Name of the artefact that holds the valid rows. */
  readonly rows_file: string;
  readonly rows: number;
  readonly extracted: number;
  readonly rejected: number;
  readonly warnings: readonly Warning[];
}

export interface CompareOutcome extends Provenance {
  /** Name of the artefact that holds the rows to publish, and its SHA-256, which cursors name. */
  readonly changes_file: string;
  readonly changes_sha256: string;
  readonly changed: number;
  readonly withdrawn: number;
}

export interface CommitOutcome {
  /** Rows that the sink refused for good; they are dead letters. */
  readonly refused: number;
  /** Of one of them, for people. */
  readonly reason: string | null;
}

/**
 * The steps of a run. Their names are what people read in a run's tasks and in Temporal's page. They carry counts and
 * names of artefacts, never rows; every one may be repeated, and gives the same answer for the same run.
 */
export interface Activities {
  /** Takes the run up and claims its dataset. */
  open_run(input: IngestInput): Promise<void>;
  /** Is the history loaded? Decides the branch unless it is forced, and remembers it. */
  check_history(input: IngestInput): Promise<HistoryCheck>;
  /** Fetches what the branch's source names, and lands it as it came. */
  extract(input: StepInput): Promise<LandedCounts>;
  /** Makes records of what was landed, applies the transforms, validates every record. */
  transform(input: StepInput & { readonly from_run: string | null }): Promise<TransformOutcome>;
  /** What of the transformed rows differs from what readers see. */
  compare_with_stored(input: StepInput & { readonly from_run: string | null }): Promise<CompareOutcome>;
  /** Publishes the changes to the stream, under the run's revision. */
  load_data(
    input: StepInput & { readonly changes: CompareOutcome },
  ): Promise<{ readonly revision: number; readonly published: number }>;
  /** Waits until every published row can be read or was refused by the sink, then makes them visible. */
  commit_run(
    input: StepInput & { readonly revision: number; readonly published: number; readonly changes: CompareOutcome },
  ): Promise<CommitOutcome>;
  /**
   * Closes the run's record and lets go of its dataset. Not to be cancelled.
   * @returns how the run ended in truth: one whose rows turn out to be visible has succeeded.
   */
  close_run(input: {
    readonly run_id: string;
    readonly pipeline: string;
    /** Null where the run ended before it had one. */
    readonly branch: Branch | null;
    /** The run may be committed though its last step did not end well. */
    readonly committing: boolean;
    readonly status: IngestResult['status'];
    readonly counts: Counts;
    readonly warnings: readonly Warning[];
    readonly error: Failure | null;
  }): Promise<Pick<IngestResult, 'status' | 'error'>>;
}

/** Turns whatever an engine throws for a failed activity into plain data: `instanceof` does not survive the way. */
export type FailureOf = (error: unknown) => Failure;
