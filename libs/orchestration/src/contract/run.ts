import type { Branch, Failure, Warning } from '@weir/pipeline';

export type RunStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'nothing_new';

/** Rows that went through a run. */
export interface Counts {
  /** Records that the source gave. */
  readonly extracted: number;
  /** Records or rows left out, with a reason in the rejects artefact. */
  readonly rejected: number;
  /** Records published, withdrawals included. */
  readonly published: number;
}

/** One execution of a pipeline, as contracts.md shows it. Times are ISO 8601 in UTC. */
export interface Run {
  readonly run_id: string;
  readonly pipeline: string;
  /** Null until the run has decided. */
  readonly branch: Branch | null;
  readonly status: RunStatus;
  readonly started_at: string | null;
  readonly finished_at: string | null;
  readonly counts: Counts;
  readonly warnings: readonly Warning[];
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** One step of a run. */
export interface Task {
  readonly task_id: string;
  readonly run_id: string;
  readonly name: string;
  readonly status: 'running' | 'succeeded' | 'failed';
  readonly attempts: number;
  readonly started_at: string;
  readonly finished_at: string | null;
  /** What the step gave, or the failure of its last attempt. */
  readonly result: unknown;
  readonly error: Failure | null;
}

export type Only = 'extract' | 'transform' | 'load';

/** What an execution starts with. */
export interface IngestInput {
  readonly run_id: string;
  readonly pipeline: string;
  /** Forces a branch; else the history decides. */
  readonly branch: Branch | null;
  /** One step alone; `transform` and `load` take the artefacts of `from_run`. */
  readonly only: Only | null;
  readonly from_run: string | null;
  /** What the engine calls this execution (Temporal: the workflow's id); absent inline. */
  readonly execution?: string;
}

export interface IngestResult {
  readonly run_id: string;
  readonly status: 'succeeded' | 'nothing_new' | 'failed' | 'cancelled';
  readonly error: Failure | null;
}
