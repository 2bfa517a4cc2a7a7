import type { DeadLetter, RowPlace } from '@weir/pipeline';

/** The rows of one revision that were published once more. */
export interface RevisionRows {
  readonly dataset: string;
  readonly revision: number;
  readonly run_id: string;
  readonly letters: number;
  /** Different ones: a row may have been refused more than once. */
  readonly rows: readonly RowPlace[];
}

interface Gathered {
  readonly dataset: string;
  readonly revision: number;
  readonly run_id: string;
  letters: number;
  readonly rows: Map<string, RowPlace>;
}

/** Gathers what is published once more, by the revision that it belongs to; of each row no more than its place. */
export class ReplayedRows {
  private readonly gathered = new Map<string, Gathered>();
  private count = 0;
  private without = 0;

  add(letters: readonly DeadLetter[]): void {
    for (const { row } of letters) {
      this.count += 1;
      if (row === null) {
        this.without += 1;
        continue;
      }
      const { dataset, revision, run_id, region, date } = row;
      const name = JSON.stringify([dataset, revision]);
      const of = this.gathered.get(name) ?? { dataset, revision, run_id, letters: 0, rows: new Map() };
      this.gathered.set(name, of);
      of.letters += 1;
      of.rows.set(placeName({ region, date }), { region, date });
    }
  }

  get letters(): number {
    return this.count;
  }

  /** Letters whose value names no row. */
  get unreadable(): number {
    return this.without;
  }

  byRevision(): RevisionRows[] {
    return [...this.gathered.values()].map((each) => ({ ...each, rows: [...each.rows.values()] }));
  }
}

/** One text for one row. */
export function placeName({ region, date }: RowPlace): string {
  return JSON.stringify([region, date]);
}
