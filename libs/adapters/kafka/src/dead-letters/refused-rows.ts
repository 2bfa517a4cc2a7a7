import { wasReplayed, type DeadLetter, type RefusedRows } from '@weir/pipeline';
import type { Range } from './read-topic.js';

/** Letters that are asked for together. */
const TOGETHER = 10_000;

type Refusal = Pick<DeadLetter, 'id' | 'refused_at' | 'reason'>;

/** Different rows of one revision among the letters: what was counted once is not read again. */
export class RefusedRowsCount {
  /** By row, its last letter. */
  private readonly rows = new Map<string, Refusal>();
  private reason: string | null = null;
  /** By partition, the offset up to which letters were counted. */
  private readonly counted = new Map<number, bigint>();

  constructor(
    private readonly dataset: string,
    private readonly revision: number,
  ) {}

  /** What of a range has not been counted yet. */
  uncounted(range: Range): Range {
    const counted = this.counted.get(range.partition) ?? 0n;
    return { ...range, from: counted > range.from ? counted : range.from };
  }

  add({ id, refused_at, row, reason }: DeadLetter, partition: number, offset: bigint): void {
    this.counted.set(partition, offset + 1n);
    if (row === null || row.dataset !== this.dataset || row.revision !== this.revision) return;
    this.rows.set(JSON.stringify([row.region, row.date]), { id, refused_at, reason });
    this.reason = reason;
  }

  /** A range was read to its end. */
  passed({ partition, to }: Range): void {
    const counted = this.counted.get(partition) ?? 0n;
    if (to > counted) this.counted.set(partition, to);
  }

  total(): RefusedRows {
    return { rows: this.rows.size, reason: this.reason };
  }

  /** @param replayed when those of some letters that were replayed were, by id. */
  async waiting(replayed: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>): Promise<RefusedRows> {
    const letters = [...this.rows.values()];
    const waiting: Refusal[] = [];
    for (let from = 0; from < letters.length; from += TOGETHER) {
      const some = letters.slice(from, from + TOGETHER);
      const at = await replayed(some.map(({ id }) => id));
      waiting.push(...some.filter((letter) => !wasReplayed(letter, at.get(letter.id))));
    }
    return { rows: waiting.length, reason: waiting.at(-1)?.reason ?? null };
  }
}
