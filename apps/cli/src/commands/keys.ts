import { Command } from 'commander';
import type { Operations } from '@weir/operations';
import { WeirError } from '@weir/pipeline';
import { withOperations } from '../with-operations.js';
import { print, time } from '../terminal/output.js';
import { table } from '../terminal/table.js';

/** What the system says of an e-mail, a scope or a time that was mistyped. */
const mistakes = new Set(['validation_failed', 'unknown_scope']);

interface CreateOptions {
  readonly email: string;
  readonly scopes: string;
  readonly expires?: string;
  readonly json?: boolean;
}

export function keysCommand(): Command {
  const keys = new Command('keys').description('API keys, for the operator');
  keys
    .command('create')
    .description('a key for a user, who is made without a password if there is none; shown this once')
    .requiredOption('--email <email>', 'whose key it is')
    .requiredOption('--scopes <scopes>', 'comma-separated: data, pipelines')
    .option('--expires <day or time>', 'the last day of the key (2026-12-31), or a time (ISO 8601); UTC')
    .option('--json', 'for programs')
    .action(async ({ email, scopes, expires, json }: CreateOptions, command: Command) => {
      const wanted = scopes
        .split(',')
        .map((scope) => scope.trim())
        .filter((scope) => scope !== '');
      const key = await asked(command, (operations) =>
        operations.keysCreate({ email, scopes: wanted, ...(expires !== undefined && { expires }) }),
      );
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
    .description('stops a key at once, or all keys of a user')
    .argument('[id]', 'the eight characters after weir_')
    .option('--email <email>', 'whose keys, instead of an id')
    .option('--json', 'for programs')
    .action(async (id: string | undefined, { email, json }: { email?: string; json?: boolean }, command: Command) => {
      if ((id === undefined) === (email === undefined)) {
        command.error('error: say which key is to stop: its id, or --email for all of a user', { exitCode: 2 });
      }
      const which = email === undefined ? { id: id ?? '' } : { email };
      const answer = await withOperations((operations) => operations.keysRevoke(which));
      const { revoked } = answer;
      print(json, answer, () =>
        revoked.length === 0 ? 'This user had no active key.' : `revoked ${revoked.join(', ')}`,
      );
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
              ['KEY', 'E-MAIL', 'SCOPES', 'STATUS', 'CREATED (UTC)', 'EXPIRES (UTC)', 'LAST USED (UTC)'],
              data.map((key) => [
                key.id,
                key.email,
                key.scopes.join(','),
                key.status,
                time(key.created_at),
                time(key.expires_at),
                time(key.last_used_at),
              ]),
            ),
      );
    });
  return keys;
}

/** What was mistyped ends as any other mistake on the command line does. */
async function asked<T>(command: Command, work: (operations: Operations) => Promise<T>): Promise<T> {
  try {
    return await withOperations(work);
  } catch (error) {
    if (!(error instanceof WeirError && mistakes.has(error.code))) throw error;
    return command.error(`${error.code}: ${error.message}`, { exitCode: 2 });
  }
}
