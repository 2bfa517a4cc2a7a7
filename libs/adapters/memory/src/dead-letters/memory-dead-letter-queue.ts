import {
  wasReplayed,
  type DeadLetter,
  type DeadLetterPage,
  type DeadLetterQueue,
  type RefusedRows,
} from '@weir/pipeline';

/** What is refused, and what is published once more, as a topic has it. */
export interface PublishedRecord {
  readonly key: string | null;
  readonly value: string | null;
}

/** Dead letters of this process. Nobody refuses anything here by itself: the embedded system's queue stays empty. */
export class MemoryDeadLetterQueue implements DeadLetterQueue {
  private readonly letters: DeadLetter[] = [];
  /** What was published once more, in order. */
  readonly republished: PublishedRecord[] = [];

  /** @param replayed when those of some letters that were replayed were, by id. */
  constructor(
    private readonly replayed: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>> = async () => new Map(),
  ) {}

  /** What a sink does with a record that it cannot take. */
  refuse({ key, value }: PublishedRecord, reason: string): DeadLetter {
    const offset = this.letters.length;
    const letter: DeadLetter = {
      id: `0-${offset}`,
      refused_at: new Date().toISOString(),
      reason,
      error_class: null,
      origin: { topic: 'incidence.retry', partition: 0, offset: String(offset) },
      key,
      value,
      row: rowOf(value),
    };
    this.letters.push(letter);
    return letter;
  }

  async page(from: string | null, limit: number): Promise<DeadLetterPage> {
    const first = from === null ? 0 : Number(from.split('-')[1]);
    const letters = this.letters.slice(first, first + limit);
    return { letters, next: this.letters[first + limit]?.id ?? null };
  }

  async find(id: string): Promise<DeadLetter | null> {
    return this.letters.find((letter) => letter.id === id) ?? null;
  }

  async count(): Promise<number> {
    return this.letters.length;
  }

  async refused(dataset: string, revision: number, since: string): Promise<RefusedRows> {
    return refusedRows(this.lastLetters(dataset, revision, since));
  }

  async waiting(dataset: string, revision: number, since: string): Promise<RefusedRows> {
    const letters = this.lastLetters(dataset, revision, since);
    const replayed = await this.replayed(letters.map(({ id }) => id));
    return refusedRows(letters.filter((letter) => !wasReplayed(letter, replayed.get(letter.id))));
  }

  async republish(letters: readonly DeadLetter[]): Promise<void> {
    this.republished.push(...letters.map(({ key, value }) => ({ key, value })));
  }

  /** The last letter about each row of a revision. */
  private lastLetters(dataset: string, revision: number, since: string): readonly DeadLetter[] {
    const letters = new Map<string, DeadLetter>();
    for (const letter of this.letters) {
      const { row, refused_at } = letter;
      if (row?.dataset !== dataset || row.revision !== revision || refused_at < since) continue;
      letters.set(JSON.stringify([row.region, row.date]), letter);
    }
    return [...letters.values()];
  }
}

function refusedRows(letters: readonly DeadLetter[]): RefusedRows {
  return { rows: letters.length, reason: letters.at(-1)?.reason ?? null };
}

function rowOf(value: string | null): DeadLetter['row'] {
  let record: { readonly [field: string]: unknown };
  try {
    record = JSON.parse(value ?? '') as { readonly [field: string]: unknown };
  } catch {
    return null;
  }
  if (typeof record !== 'object' || record === null) return null;
  const { dataset, region, date, run_id, revision } = record;
  const texts = [dataset, region, date, run_id].every((field) => typeof field === 'string');
  if (!texts || typeof revision !== 'number') return null;
  return { dataset, region, date, run_id, revision } as DeadLetter['row'];
}
