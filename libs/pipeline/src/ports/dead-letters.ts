/** A record that the sink refused for good: alone, after its batch had been taken apart. */
export interface DeadLetter {
  /** `<partition>-<offset>` of the topic of dead letters. */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly refused_at: string;
  /** What the sink said. */
  readonly reason: string;
  /** Class of the sink's error; null where it named none. */
  readonly error_class: string | null;
  /** Where the record was when it was refused. */
  readonly origin: { readonly topic: string; readonly partition: number; readonly offset: string } | null;
  readonly key: string | null;
  /** The record as it travelled: JSON, unless that is what is wrong with it. Null: a message without a value. */
  readonly value: string | null;
  /** Which row it is; null where the value cannot be read. */
  readonly row: {
    readonly dataset: string;
    readonly region: string;
    readonly date: string;
    readonly run_id: string;
    readonly revision: number;
  } | null;
}

export interface DeadLetterPage {
  /** The oldest first. */
  readonly letters: readonly DeadLetter[];
  /** `from` of the next page; null where there is none. */
  readonly next: string | null;
}

/** Rows of one revision that the sink refused. */
export interface RefusedRows {
  /** Different rows. */
  readonly rows: number;
  /** Of one of them, for people; null where there is none. */
  readonly reason: string | null;
}

/**
 * What the sink refused, in the order in which it did, for as long as it is kept. Letters are never changed: whether one
 * was replayed is written down elsewhere. Failures to reach it are `dependency_unavailable`, retryable.
 */
export interface DeadLetterQueue {
  /** Letters from one id on (null: from the oldest). */
  page(from: string | null, limit: number): Promise<DeadLetterPage>;
  /** Null where there is no such letter, or it is no longer kept. */
  find(id: string): Promise<DeadLetter | null>;
  /** How many letters are kept. */
  count(): Promise<number>;
  /** Different rows of a revision among the letters since a time (ISO 8601), replayed or not. Cheap while nothing was refused. */
  refused(dataset: string, revision: number, since: string): Promise<RefusedRows>;
  /** Those of them whose last letter was not replayed. It asks for every letter: for a decision, not for a look. */
  waiting(dataset: string, revision: number, since: string): Promise<RefusedRows>;
  /** Publishes letters to the sink's topic once more, as they were. */
  republish(letters: readonly DeadLetter[]): Promise<void>;
}

/** For a sink that refuses nothing without failing the run, such as the embedded one. */
export const noDeadLetters: Pick<DeadLetterQueue, 'refused' | 'waiting'> = Object.freeze({
  refused: async () => ({ rows: 0, reason: null }),
  waiting: async () => ({ rows: 0, reason: null }),
});

/**
 * Whether a letter was replayed. One that was refused after the time of its replay is another one under its number: the topic
 * was made anew.
 * @param replayed_at what is written down of its id, ISO 8601.
 */
export function wasReplayed(
  { refused_at }: Pick<DeadLetter, 'refused_at'>,
  replayed_at: string | undefined,
): replayed_at is string {
  return replayed_at !== undefined && replayed_at >= refused_at;
}
