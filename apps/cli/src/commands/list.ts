import { Command } from 'commander';
import { withOperations } from '../with-operations.js';
import { print, time } from '../terminal/output.js';
import { table } from '../terminal/table.js';

export function listCommand(): Command {
  return new Command('list')
    .description('the pipelines: what they read, where to, when, and how their last run ended')
    .option('--json', 'for programs: {"data": [...]}')
    .action(async ({ json }: { json?: boolean }) => {
      const data = await withOperations((operations) => operations.list({}));
      print(json, { data }, () =>
        data.length === 0
          ? 'There is no pipeline yet: docs/guide/pipelines.md says how to write one.'
          : table(
              ['PIPELINE', 'SOURCE', 'SINK', 'SCHEDULE (UTC)', 'LAST RUN', 'DESCRIPTION'],
              data.map(({ name, source, sink, schedule, last_run, problems, description }) => [
                name,
                source || '-',
                sink || '-',
                schedule ?? '-',
                last_run ? `${last_run.branch ?? 'run'} ${last_run.status} ${time(last_run.finished_at)}` : 'never',
                problems.length > 0 ? `${problems.length} mistakes in its file: npx weir check` : description,
              ]),
            ),
      );
    });
}
