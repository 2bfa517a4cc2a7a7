import { WeirError, wasReplayed, type DeadLetter, type DeadLetterPage, type DeadLetterQueue } from '@weir/pipeline';
import type { Page } from '@weir/record';
import { deadLetterView, publicDeadLetter, type DeadLetterView, type PublicDeadLetter } from './dead-letter-view.js';
import { isLetterId, readLetterCursor, writeLetterCursor, type LetterState } from './letter-cursor.js';
import type { ReplayAftermath, RevisionReplay } from './replay-aftermath.js';
import type { ReplayLog } from './replay-log.js';
import { ReplayedRows } from './replayed-rows.js';

export interface DeadLetterListQuery {
  /** Letters of a page. */
  readonly limit: number;
  readonly cursor?: string;
  readonly state: LetterState;
}

export interface ReplayReport {
  /** Letters that were published once more. */
  readonly replayed: number;
  /** Those of them whose value names no row, such as broken JSON: the sink refuses them again. */
  readonly unreadable: number;
  readonly revisions: readonly RevisionReplay[];
}

/**
 * What one list looks through at most: of many letters, few may be of the state asked for. Letters are taken by the thousand
 * even for a list of one, because each look at the topic costs a consumer of its own.
 */
const LOOKS = 20;
const LETTERS_OF_A_LOOK = 1_000;
/** Letters that are read, and published, together. */
const TOGETHER = 2_000;

/** What the sink refused, for those who look into it, and for the operator who has mended the sink. */
export class DeadLettersService {
  constructor(
    private readonly queue: DeadLetterQueue,
    private readonly log: ReplayLog,
    private readonly aftermath: ReplayAftermath,
  ) {}

  /** For readers of the API. @throws WeirError `invalid_cursor`. */
  async publicList(query: DeadLetterListQuery): Promise<Page<PublicDeadLetter>> {
    const { data, next_cursor } = await this.list(query);
    return { data: data.map(publicDeadLetter), next_cursor };
  }

  /**
   * The oldest first. A page may hold fewer than `limit`, or none, where most are of another state: while there is a cursor,
   * the list goes on. @throws WeirError `invalid_cursor`.
   */
  async list({ limit, cursor, state }: DeadLetterListQuery): Promise<Page<DeadLetterView>> {
    let from = cursor === undefined ? null : readLetterCursor(cursor, state);
    const data: DeadLetterView[] = [];
    for (let look = 0; look < LOOKS && data.length < limit; look += 1) {
      const { letters, next } = await this.queue.page(from, LETTERS_OF_A_LOOK);
      const views = await this.views(letters);
      const wanted = views.filter(
        ({ replayed_at }) => state === 'all' || (replayed_at !== null) === (state === 'replayed'),
      );
      const room = limit - data.length;
      data.push(...wanted.slice(0, room));
      from = wanted[room]?.letter_id ?? next;
      if (from === null) break;
    }
    return { data, next_cursor: from === null ? null : writeLetterCursor(from, state) };
  }

  /** One letter, whole. @throws WeirError `not_found`. */
  async show(id: string): Promise<DeadLetterView> {
    const [view] = await this.views([await this.require(id)]);
    return view as DeadLetterView;
  }

  /**
   * Publishes letters once more, as they were: these, or (null) all that wait. Afterwards waits, for a while, until their
   * rows are readable or refused again; where readers see them by then, their dataset is committed anew, without rows, so
   * that answers get other names (docs/decisions/0016-a-replay-keeps-its-revision.md). A replay that is repeated, or cut
   * off, does no harm.
   * @throws WeirError `not_found`, before anything is published.
   */
  async replay(ids: readonly string[] | null): Promise<ReplayReport> {
    const rows = new ReplayedRows();
    const last = ids === null ? await this.publishWaiting(rows) : await this.publishThese(ids, rows);
    const { letters: replayed, unreadable } = rows;
    return { replayed, unreadable, revisions: await this.aftermath.settle(rows, last) };
  }

  /** @returns the last letter that there was before. */
  private async publishThese(ids: readonly string[], rows: ReplayedRows): Promise<string | null> {
    const letters: DeadLetter[] = [];
    for (const id of new Set(ids)) letters.push(await this.require(id));
    let last: string | null = letters[0]?.id ?? null;
    for (let from = last; from !== null;) {
      const page = await this.queue.page(from, TOGETHER);
      last = page.letters.at(-1)?.id ?? last;
      from = page.next;
    }
    for (let at = 0; at < letters.length; at += TOGETHER) await this.publish(letters.slice(at, at + TOGETHER), rows);
    return last;
  }

  /**
   * As many as there are now, from the oldest on: what is refused again is another letter, and for another replay.
   * @returns the last of them.
   */
  private async publishWaiting(rows: ReplayedRows): Promise<string | null> {
    let last: string | null = null;
    let from: string | null = null;
    for (let left = await this.queue.count(); left > 0;) {
      const { letters, next }: DeadLetterPage = await this.queue.page(from, Math.min(left, TOGETHER));
      const views = await this.views(letters);
      await this.publish(
        letters.filter((_, index) => views[index]?.replayed_at === null),
        rows,
      );
      last = letters.at(-1)?.id ?? last;
      left -= letters.length;
      if (next === null) break;
      from = next;
    }
    return last;
  }

  /** Written down behind it: cut off in between, they are published once more by the next replay, and that is harmless. */
  private async publish(letters: readonly DeadLetter[], rows: ReplayedRows): Promise<void> {
    if (letters.length === 0) return;
    await this.queue.republish(letters);
    await this.log.record(letters.map(({ id }) => id));
    rows.add(letters);
  }

  private async views(letters: readonly DeadLetter[]): Promise<DeadLetterView[]> {
    if (letters.length === 0) return [];
    const replayed = await this.log.replayed(letters.map(({ id }) => id));
    return letters.map((letter) => {
      const at = replayed.get(letter.id);
      return deadLetterView(letter, wasReplayed(letter, at) ? at : null);
    });
  }

  private async require(id: string): Promise<DeadLetter> {
    const letter = isLetterId(id) ? await this.queue.find(id) : null;
    if (letter) return letter;
    throw new WeirError('not_found', `there is no dead letter ${id}; \`npx weir dlq list\` shows those that are kept`);
  }
}
