import { Command } from 'commander';
import { withOperations } from '../with-operations.js';
import { print, time } from '../terminal/output.js';
import { table } from '../terminal/table.js';

export function migrateCommand(): Command {
  const migrate = new Command('migrate').description(
    'migrations of PostgreSQL and ClickHouse, and the topics of the stack (npm start applies them by itself)',
  );
  migrate
    .command('status')
    .description('what was applied, what is pending, what does not fit; exit status 1 unless all is applied')
    .option('--json', 'for programs')
    .action(async ({ json }: { json?: boolean }) => {
      const data = await withOperations((operations) => operations.migrateStatus({}), { unmigrated: true });
      const rows = data.flatMap(({ store, migrations }) =>
        migrations.map(({ name, state, applied_at }) => [store, name, state, time(applied_at)]),
      );
      print(json, { data }, () => table(['STORE', 'MIGRATION', 'STATE', 'APPLIED (UTC)'], rows));
      process.exitCode = rows.every(([, , state]) => state === 'applied') ? 0 : 1;
    });
  migrate
    .command('run')
    .description(
      'applies what is pending, in order, under a lock; refuses edited and out-of-order files; in the stack also makes the topics of Kafka what they are to be',
    )
    .option('--dry-run', 'only says what would be applied')
    .option('--json', 'for programs')
    .action(async ({ dryRun, json }: { dryRun?: boolean; json?: boolean }) => {
      const applied = await withOperations((operations) => operations.migrateRun({ dry_run: dryRun ?? false }), {
        unmigrated: true,
      });
      const word = (name: string) => (name.startsWith('kafka: ') ? '' : dryRun ? 'would apply ' : 'applied ');
      print(json, { data: applied, dry_run: dryRun ?? false }, () =>
        applied.length === 0 ? 'Nothing is pending.' : applied.map((name) => `${word(name)}${name}`).join('\n'),
      );
    });
  return migrate;
}
