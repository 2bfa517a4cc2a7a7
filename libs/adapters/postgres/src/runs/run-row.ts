import type { Counts, IngestInput, Run, RunStatus, Task } from '@weir/orchestration';
import type { Branch, Failure, Warning } from '@weir/pipeline';

/** A row of `runs` as pg gives it. */
export interface RunRow {
  /** A bigint, which pg gives as text. */
  readonly number: string;
  readonly run_id: string;
  readonly pipeline: string;
  readonly branch: Branch | null;
  readonly status: RunStatus;
  readonly input: IngestInput;
  readonly counts: Counts;
  readonly warnings: Warning[];
  readonly error: { code: string; message: string } | null;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
}

/** A row of `tasks` as pg gives it. */
export interface TaskRow {
  readonly task_id: string;
  readonly run_id: string;
  readonly name: string;
  readonly status: Task['status'];
  readonly attempts: number;
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly result: unknown;
  readonly error: Failure | null;
  readonly cursor: unknown;
}

export function runOf(row: RunRow): Run {
  const { extracted, rejected, published } = row.counts;
  return {
    run_id: row.run_id,
    pipeline: row.pipeline,
    branch: row.branch,
    status: row.status,
    started_at: row.started_at?.toISOString() ?? null,
    finished_at: row.finished_at?.toISOString() ?? null,
    // In the order of the work: jsonb has an order of its own.
    counts: { extracted, rejected, published },
    warnings: row.warnings,
    error: row.error,
  };
}

export function taskOf(row: TaskRow): Task {
  return {
    task_id: row.task_id,
    run_id: row.run_id,
    name: row.name,
    status: row.status,
    attempts: row.attempts,
    started_at: row.started_at.toISOString(),
    finished_at: row.finished_at?.toISOString() ?? null,
    result: row.result,
    error: row.error,
  };
}
