import { Command } from 'commander';
import { withOperations } from '../owner/with-operations.js';
import { print, time } from '../terminal/output.js';
import { table } from '../terminal/table.js';

export function keysCommand(): Command {
  const keys = new Command('keys').description('API keys, for the operator');
  keys
    .command('create')
    .description('a key for a user, who is made without a password if there is none; shown this once')
    .requiredOption('--email <email>', 'whose key it is')
    .requiredOption('--scopes <scopes>', 'comma-separated: data, pipelines')
    .option('--json', 'for programs')
    .action(async ({ email, scopes, json }: { email: string; scopes: string; json?: boolean }) => {
      const wanted = scopes.split(',').map((scope) => scope.trim());
      const key = await withOperations((operations) => operations.keysCreate({ email, scopes: wanted }));
      print(json, key, () => key.api_key);
    });
  keys
    .command('reissue')
    .description('replaces all keys of a user by one with their scopes; the old ones stop at once')
    .requiredOption('--email <email>', 'whose keys')
    .option('--json', 'for programs')
    .action(async ({ email, json }: { email: string; json?: boolean }) => {
      const key = await withOperations((operations) => operations.keysReissue({ email }));
      print(json, key, () => key.api_key);
    });
  keys
    .command('revoke')
    .description('stops a key at once')
    .argument('<id>', 'the eight characters after weir_')
    .option('--json', 'for programs')
    .action(async (id: string, { json }: { json?: boolean }) => {
      const revoked = await withOperations((operations) => operations.keysRevoke({ id }));
      print(json, revoked, () => `revoked ${revoked.id}`);
    });
  keys
    .command('list')
    .description('all keys; never their secrets')
    .option('--json', 'for programs')
    .action(async ({ json }: { json?: boolean }) => {
      const data = await withOperations((operations) => operations.keysList({}));
      print(json, { data }, () =>
        data.length === 0
          ? 'There is no key yet.'
          : table(
              ['KEY', 'E-MAIL', 'SCOPES', 'STATUS', 'CREATED (UTC)', 'LAST USED (UTC)'],
              data.map((key) => [
                key.id,
                key.email,
                key.scopes.join(','),
                key.status,
                time(key.created_at),
                time(key.last_used_at),
              ]),
            ),
      );
    });
  return keys;
}
