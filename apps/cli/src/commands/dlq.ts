import { Command, InvalidArgumentError, Option } from 'commander';
import { letterStates, type LetterState } from '@weir/operations';
import { printableLetter, printableLetters, printableReplay } from '../terminal/letter-text.js';
import { print } from '../terminal/output.js';
import { withOperations } from '../with-operations.js';

interface ListOptions {
  readonly state: LetterState;
  readonly limit: number;
  readonly cursor?: string;
  readonly json?: boolean;
}

export function dlqCommand(): Command {
  const dlq = new Command('dlq').description('dead letters: records that the sink refused even alone');
  dlq
    .command('list')
    .description('the oldest first, with the reason of each; embedded, nothing is refused without failing its run')
    .addOption(
      new Option('--state <state>', 'which: those that wait to be replayed, those that were, or all')
        .choices(letterStates)
        .default('waiting'),
    )
    .option('--limit <n>', 'letters, at most', wholeNumber, 100)
    .option('--cursor <cursor>', 'goes on where an earlier list ended')
    .option('--json', 'for programs: {"data": [...], "next_cursor"}')
    .action(async ({ json, ...query }: ListOptions) => {
      const page = await withOperations((operations) => operations.dlqList(query));
      print(json, page, () => printableLetters(page));
    });
  dlq
    .command('show')
    .description('one letter, whole: what the record holds, why it was refused, and whether it was replayed')
    .argument('<letter>', 'its id, as in `weir dlq list`')
    .option('--json', 'for programs')
    .action(async (id: string, { json }: { json?: boolean }) => {
      const letter = await withOperations((operations) => operations.dlqShow({ id }));
      print(json, letter, () => printableLetter(letter));
    });
  dlq
    .command('replay')
    .description(
      'publishes letters once more, as they were, and says what became of their rows; to do it twice is harmless; exit status 1 if some were refused again, or have not arrived',
    )
    .argument('[letter...]', 'their ids; all that wait if none is given')
    .option('--json', 'for programs')
    .action(async (ids: string[], { json }: { json?: boolean }) => {
      const report = await withOperations((operations) => operations.dlqReplay({ ids: ids.length > 0 ? ids : null }));
      print(json, report, () => printableReplay(report));
      const arrived = report.revisions.every(({ state, rows, readable }) => state === 'dropped' || readable === rows);
      process.exitCode = arrived && report.unreadable === 0 ? 0 : 1;
    });
  return dlq;
}

function wholeNumber(value: string): number {
  const read = Number(value);
  if (!/^\d{1,4}$/.test(value) || read < 1 || read > 1000)
    throw new InvalidArgumentError('a whole number, 1 to 1000, is expected.');
  return read;
}
