import type { Run, Task } from '@weir/orchestration';
import { publicFailure, publicRun, type PublicFailure } from '../public/public-failure.js';

/** A run with its steps, for readers of the API. */
export interface RunReport extends Run {
  /** What the rows of this run bear; null while nothing was published. */
  readonly revision: number | null;
  /** In the order in which they began. */
  readonly tasks: readonly TaskReport[];
}

export interface TaskReport {
  readonly task_id: string;
  readonly name: string;
  readonly status: Task['status'];
  /** Tries, the first included. */
  readonly attempts: number;
  readonly started_at: string;
  readonly finished_at: string | null;
  /** From the beginning of its first try to its end; null while it goes on. */
  readonly seconds: number | null;
  /** That the step gave or handled; null where it handles none, or has not ended well. */
  readonly rows: number | null;
  readonly error: PublicFailure | null;
}

export function runReport(run: Run, tasks: readonly Task[]): RunReport {
  const published = tasks.find(({ name, status }) => name === 'load_data' && status === 'succeeded');
  return {
    ...publicRun(run),
    revision: published ? numberIn(published.result, 'revision') : null,
    tasks: tasks.map(taskReport),
  };
}

function taskReport({ run_id, result, ...task }: Task): TaskReport {
  const { task_id, name, status, attempts, started_at, finished_at } = task;
  return {
    task_id,
    name,
    status,
    attempts,
    started_at,
    finished_at,
    seconds: finished_at === null ? null : (Date.parse(finished_at) - Date.parse(started_at)) / 1000,
    rows: status === 'succeeded' ? rowsOf(name, result) : null,
    error: task.error && publicFailure(task.error, run_id),
  };
}

/** What a step handled, by what it gave (see the outcomes of the activities in @weir/orchestration). */
function rowsOf(step: string, result: unknown): number | null {
  if (step === 'transform') return numberIn(result, 'rows');
  if (step === 'load_data') return numberIn(result, 'published');
  if (step !== 'compare_with_stored') return null;
  const [changed, withdrawn] = [numberIn(result, 'changed'), numberIn(result, 'withdrawn')];
  return changed === null || withdrawn === null ? null : changed + withdrawn;
}

function numberIn(result: unknown, field: string): number | null {
  const value = typeof result === 'object' && result !== null ? (result as { [key: string]: unknown })[field] : null;
  return typeof value === 'number' ? value : null;
}
