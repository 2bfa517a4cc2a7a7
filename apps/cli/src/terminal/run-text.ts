import type { RunDetails } from '@weir/operations';
import type { Task } from '@weir/orchestration';
import { duration, time } from './output.js';
import { table } from './table.js';

/** A run with its steps, for people. */
export function printableRun(run: RunDetails): string {
  const { extracted, rejected, published } = run.counts;
  const lines = [
    `run       ${run.run_id}`,
    `pipeline  ${run.pipeline}${run.branch ? `, ${run.branch}` : ''}`,
    `status    ${run.status}`,
    `started   ${time(run.started_at)}, took ${duration(run.started_at, run.finished_at)}`,
    `rows      ${extracted} extracted, ${rejected} rejected, ${published} published`,
    ...run.warnings.map(({ code, message, count }) => `warning   ${code}: ${count} ${message}`),
    ...(run.error ? [`error     ${run.error.code}: ${run.error.message}`] : []),
  ];
  const steps = table(
    ['STEP', 'STATUS', 'TOOK', 'ATTEMPTS', 'TASK', 'ERROR'],
    run.tasks.map(({ name, status, started_at, finished_at, attempts, task_id, error }) => [
      name,
      status,
      duration(started_at, finished_at),
      attempts,
      task_id,
      error?.code ?? '',
    ]),
  );
  return `${lines.join('\n')}\n\n${steps}`;
}

/** One step of a run, for people. */
export function printableTask(task: Task): string {
  const { attempts, error, result } = task;
  const lines = [
    `task      ${task.task_id}`,
    `step      ${task.name}`,
    `run       ${task.run_id}`,
    `status    ${task.status}, ${attempts === 1 ? '1 attempt' : `${attempts} attempts`}`,
    `started   ${time(task.started_at)}, took ${duration(task.started_at, task.finished_at)}`,
    ...(error ? [`error     ${error.code}: ${error.message}`] : []),
    ...(result === null
      ? []
      : [`result    ${JSON.stringify(result, null, 2).replaceAll('\n', `\n${' '.repeat(10)}`)}`]),
  ];
  return lines.join('\n');
}
