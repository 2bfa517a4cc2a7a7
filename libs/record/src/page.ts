/** A part of a list. Nothing is cut off without a cursor. */
export interface Page<T> {
  readonly data: readonly T[];
  /** Gets the next page; null on the last. */
  readonly next_cursor: string | null;
}
