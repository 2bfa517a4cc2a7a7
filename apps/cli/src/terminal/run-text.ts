import type { RunDetails } from '@weir/operations';
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
