import { Command } from 'commander';
import type { RunDetails } from '@weir/operations';
import { withOperations } from '../with-operations.js';
import { duration, print, time } from '../terminal/output.js';
import { printableRun, printableTask } from '../terminal/run-text.js';
import { table } from '../terminal/table.js';

/** Runs shown without an id. */
const LATEST = 20;

export function statusCommand(): Command {
  return new Command('status')
    .description('the latest runs; or one run with its steps, or one task')
    .argument('[id]', 'a run or a task')
    .option('--json', 'for programs')
    .action(async (id: string | undefined, { json }: { json?: boolean }) => {
      if (id !== undefined) {
        const found = await withOperations((operations) => operations.status({ id }));
        print(json, found, () => ('tasks' in found ? printableRun(found) : printableTask(found)));
        return;
      }
      const data = await withOperations((operations) => operations.runs({ limit: LATEST }));
      print(json, { data }, () =>
        data.length === 0
          ? 'Nothing has run yet: npx weir run covid, or npm start.'
          : table(
              ['RUN', 'PIPELINE', 'BRANCH', 'STATUS', 'STARTED (UTC)', 'TOOK', 'PUBLISHED', 'ERROR'],
              data.map((run: Omit<RunDetails, 'tasks'>) => [
                run.run_id,
                run.pipeline,
                run.branch ?? '-',
                run.status,
                time(run.started_at),
                duration(run.started_at, run.finished_at),
                run.counts.published,
                run.error?.code ?? '',
              ]),
            ),
      );
    });
}
