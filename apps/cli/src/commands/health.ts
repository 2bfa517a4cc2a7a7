import { Command } from 'commander';
import { withOperations } from '../with-operations.js';
import { print } from '../terminal/output.js';
import { table } from '../terminal/table.js';

export function healthCommand(): Command {
  return new Command('health')
    .description('does every dependency answer, and how fast; exit status 1 if one does not')
    .option('--json', 'for programs')
    .action(async ({ json }: { json?: boolean }) => {
      const health = await withOperations((operations) => operations.health({}));
      print(json, health, () =>
        table(
          ['DEPENDENCY', 'STATUS', 'MILLISECONDS'],
          Object.entries(health.dependencies).map(([name, { status, latency_ms }]) => [name, status, latency_ms]),
        ),
      );
      process.exitCode = health.status === 'ok' ? 0 : 1;
    });
}
