import { Command, InvalidArgumentError, Option } from 'commander';
import {
  letterStates,
  type DeadLetterView,
  type LetterState,
  type ReplayReport,
  type RevisionReplay,
} from '@weir/operations';
import { print, time } from '../terminal/output.js';
import { table } from '../terminal/table.js';
import { withOperations } from '../with-operations.js';

/** Characters of a reason that a table shows. */
const REASON_SHOWN = 70;

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
      print(json, page, () => listed(page.data, page.next_cursor));
    });
  dlq
    .command('show')
    .description('one letter, whole: what the record holds, why it was refused, and whether it was replayed')
    .argument('<letter>', 'its id, as in `weir dlq list`')
    .option('--json', 'for programs')
    .action(async (id: string, { json }: { json?: boolean }) => {
      const letter = await withOperations((operations) => operations.dlqShow({ id }));
      print(json, letter, () => shown(letter));
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
      print(json, report, () => replayed(report));
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

function listed(letters: readonly DeadLetterView[], cursor: string | null): string {
  const more = cursor === null ? [] : [`More: --cursor ${cursor}`];
  if (letters.length === 0) return ['There is no such dead letter.', ...more].join('\n');
  const rows = letters.map(({ letter_id, refused_at, replayed_at, row, reason }) => [
    letter_id,
    time(refused_at),
    row?.dataset ?? '?',
    row ? `${row.region} ${row.date}` : '?',
    row?.revision ?? '?',
    time(replayed_at),
    oneLine(reason),
  ]);
  const header = ['LETTER', 'REFUSED (UTC)', 'DATASET', 'ROW', 'REVISION', 'REPLAYED (UTC)', 'REASON'];
  return [table(header, rows), ...more].join('\n');
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > REASON_SHOWN ? `${line.slice(0, REASON_SHOWN - 1)}…` : line;
}

function shown({ letter_id, refused_at, replayed_at, row, reason, ...letter }: DeadLetterView): string {
  const { error_class, origin, key, value } = letter;
  return [
    `letter    ${letter_id}`,
    `row       ${row ? `${row.region} ${row.date} of ${row.dataset}, revision ${row.revision}, run ${row.run_id}` : 'none that could be read'}`,
    `refused   ${time(refused_at)}${error_class ? `, ${error_class}` : ''}`,
    ...(origin ? [`origin    ${origin.topic}, partition ${origin.partition}, offset ${origin.offset}`] : []),
    `replayed  ${replayed_at === null ? 'not yet' : time(replayed_at)}`,
    `reason    ${reason.trim().replaceAll('\n', `\n${' '.repeat(10)}`)}`,
    `key       ${key ?? '-'}`,
    `value     ${value ?? '-'}`,
  ].join('\n');
}

function replayed({ replayed: letters, unreadable, revisions }: ReplayReport): string {
  if (letters === 0) return 'No dead letter waits.';
  const lines = revisions.map((each) => `  ${each.dataset}, revision ${each.revision}: ${became(each)}`);
  const odd = unreadable === 0 ? [] : [`  ${unreadable} without a row that can be read: the sink refuses them again.`];
  return [`${letters} ${letters === 1 ? 'letter' : 'letters'} published once more.`, ...lines, ...odd].join('\n');
}

/** What became of the rows of one revision. */
function became({ dataset, rows, readable, refused, state, renamed_by }: RevisionReplay): string {
  if (state === 'dropped') return `its run ended without a commit: nobody sees its ${rows} rows.`;
  const late = rows - readable - refused;
  const counts = [
    `${readable} of ${rows} rows readable`,
    ...(refused > 0 ? [`${refused} refused again (npx weir dlq list)`] : []),
    ...(late > 0 ? [`${late} still on their way`] : []),
  ].join(', ');
  if (state === 'open') return `${counts}. Its run commits them by itself when they are all there.`;
  if (readable === 0) return `${counts}.`;
  const names =
    renamed_by === null
      ? `Answers get other names with the next commit of ${dataset}.`
      : `Revision ${renamed_by}, without rows, gave answers other names.`;
  return `${counts}, and seen by readers. ${names}`;
}
