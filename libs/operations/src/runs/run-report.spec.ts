import type { Run, Task } from '@weir/orchestration';
import { runReport } from './run-report.js';

const run: Run = {
  run_id: 'r1',
  pipeline: 'covid',
  branch: 'backfill',
  status: 'succeeded',
  started_at: '2024-01-01T00:00:00.000Z',
  finished_at: '2024-01-01T00:00:09.000Z',
  counts: { extracted: 4, rejected: 1, published: 3 },
  warnings: [],
  error: null,
};
const task = (name: string, more: Partial<Task> = {}): Task => ({
  task_id: `task-${name}`,
  run_id: 'r1',
  name,
  status: 'succeeded',
  attempts: 1,
  started_at: '2024-01-01T00:00:00.000Z',
  finished_at: '2024-01-01T00:00:01.250Z',
  result: null,
  error: null,
  ...more,
});
const rows = (...tasks: readonly Task[]) => runReport(run, tasks).tasks.map((each) => each.rows);

it('tells per step the rows that it handled', () => {
  const transform = { rows: 3, extracted: 4, rejected: 1, rows_file: 'rows.parquet' };
  expect(
    rows(
      task('extract', { result: { files: 2, bytes: 100 } }),
      task('transform', { result: transform }),
      task('compare_with_stored', { result: { changed: 2, withdrawn: 1 } }),
      task('load_data', { result: { revision: 7, published: 3 } }),
      task('commit_run'),
    ),
  ).toEqual([null, 3, 3, 3, null]);
});

it('tells no rows of a step that has not ended well', () => {
  const result = { rows: 3 };
  expect(
    rows(task('transform', { status: 'failed', result }), task('transform', { status: 'running', result })),
  ).toEqual([null, null]);
});

it('tells the seconds from the first try to the end, and none while the step goes on', () => {
  const { tasks } = runReport(run, [task('extract'), task('transform', { status: 'running', finished_at: null })]);
  expect(tasks.map(({ seconds }) => seconds)).toEqual([1.25, null]);
});

it('tells the revision once the rows were published', () => {
  const published = task('load_data', { result: { revision: 7, published: 3 } });
  expect(runReport(run, [published]).revision).toBe(7);
  expect(runReport(run, [{ ...published, status: 'failed' }]).revision).toBeNull();
  expect(runReport(run, []).revision).toBeNull();
});

it('shows of a failure its code and message only, and neither SQL nor paths', () => {
  const error = {
    code: 'query_failed',
    message: 'SELECT 1 FROM /srv/x',
    retryable: false,
    details: { sql: 'SELECT 1' },
  };
  const { tasks, ...failed } = runReport(
    { ...run, status: 'failed', error: { code: 'source_not_found', message: 'There is no file /srv/data/x.csv.' } },
    [task('extract', { status: 'failed', error })],
  );
  expect(failed.error).toEqual({ code: 'source_not_found', message: 'There is no file …/x.csv.' });
  expect(tasks[0]?.error).toEqual({
    code: 'query_failed',
    message: 'A database refused what this step asked of it; the operator sees the reason with `npx weir status r1`.',
  });
});
