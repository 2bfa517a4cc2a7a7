/** Remembers which dead letters were replayed. Unreachable: `dependency_unavailable`. */
export interface ReplayLog {
  /** Writes down that letters are replayed now; one that was replayed before has now as its last time. */
  record(letterIds: readonly string[]): Promise<void>;
  /** When those of these letters that were replayed were last: ISO 8601, UTC, by id. */
  replayed(letterIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}
