/** A mistake in a definition file, for people: what, where, what was expected, and what to do. */
export interface Problem {
  /** Path as the caller gave it. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** How many characters of the line are meant; 1 where that is not known. */
  readonly length?: number;
  /** Stable, snake_case: `unknown_key`, `missing_key`, `wrong_type`, … */
  readonly code: string;
  /** What is wrong, naming the key by its path (`branches.update.source.url`). */
  readonly message: string;
  readonly expected: string;
  /** What to do; null where nothing near enough is known. */
  readonly hint: string | null;
}
