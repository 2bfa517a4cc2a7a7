import type { Migration } from './migration-files.js';

export interface AppliedMigration {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
  /** ISO 8601, UTC. */
  readonly applied_at: string;
}

/** A database that migrations change. */
export interface MigrationStore {
  /** `postgres`, `clickhouse`: for people. */
  readonly name: string;
  /** What was applied, by number; none where the database has never seen a migration. Changes nothing. */
  applied(): Promise<AppliedMigration[]>;
  /** Applies one and records it; where the database can, both or neither. */
  apply(migration: Migration): Promise<void>;
}

/** Lets one process at a time migrate; taken over from a holder that has not been heard of for minutes. */
export interface MigrationLock {
  /** @throws WeirError `migration_locked` (retryable) naming the holder. */
  hold<T>(work: () => Promise<T>): Promise<T>;
}
