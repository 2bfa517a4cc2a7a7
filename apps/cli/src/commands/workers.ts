import { Command } from 'commander';
import { withOperations } from '../with-operations.js';
import { print, time } from '../terminal/output.js';
import { table } from '../terminal/table.js';

export function workersCommand(): Command {
  return new Command('workers')
    .description('who executes runs: what each does now, and how many steps it has ended')
    .option('--json', 'for programs: {"data": [...]}')
    .action(async ({ json }: { json?: boolean }) => {
      const data = await withOperations((operations) => operations.workers({}));
      print(json, { data }, () =>
        data.length === 0
          ? 'No worker is running: npm start starts one, and npx weir run executes a run without it; in the stack, docker compose up worker starts one.'
          : table(
              [
                'WORKER',
                'ENGINE',
                'QUEUE',
                'STATUS',
                'RUNNING',
                'FINISHED',
                'FAILED',
                'STARTED (UTC)',
                'LAST SEEN (UTC)',
              ],
              data.map((worker) => [
                worker.worker_id,
                worker.engine,
                worker.queue,
                worker.status,
                worker.running.map(({ pipeline, step }) => `${pipeline} ${step}`).join(', ') || '-',
                worker.finished,
                worker.failed,
                time(worker.started_at),
                time(worker.last_seen),
              ]),
            ),
      );
    });
}
