import type { DeadLetter, RefusedRows } from '@weir/pipeline';
import type { Range } from './read-topic.js';

/** Different rows of one revision among the letters: what was counted once is not read again. */
export class RefusedRowsCount {
  private readonly rows = new Set<string>();
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

  add({ row, reason }: DeadLetter, partition: number, offset: bigint): void {
    this.counted.set(partition, offset + 1n);
    if (row === null || row.dataset !== this.dataset || row.revision !== this.revision) return;
    this.rows.add(JSON.stringify([row.region, row.date]));
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
}
