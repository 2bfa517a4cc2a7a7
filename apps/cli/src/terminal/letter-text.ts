import type { DeadLetterView, Page, ReplayReport, RevisionReplay } from '@weir/operations';
import { time } from './output.js';
import { table } from './table.js';

/** Characters of a reason that a table shows. */
const REASON_SHOWN = 70;

/** A page of letters, for people. One without letters is not the last while it has a cursor. */
export function printableLetters({ data: letters, next_cursor: cursor }: Page<DeadLetterView>): string {
  if (letters.length === 0 && cursor !== null)
    return `None among those looked through; there are more: go on with --cursor ${cursor}`;
  if (letters.length === 0) return 'There is no such dead letter.';
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
  return [table(header, rows), ...(cursor === null ? [] : [`More: --cursor ${cursor}`])].join('\n');
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > REASON_SHOWN ? `${line.slice(0, REASON_SHOWN - 1)}…` : line;
}

/** One letter, whole. */
export function printableLetter({
  letter_id,
  refused_at,
  replayed_at,
  row,
  reason,
  ...letter
}: DeadLetterView): string {
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

/** What became of letters that were published once more. */
export function printableReplay({ replayed: letters, unreadable, revisions }: ReplayReport): string {
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
