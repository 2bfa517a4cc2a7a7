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

/** Lets one process at a time migrate; a holder that dies lets go of it. */
export interface MigrationLock {
  /** Waits for the holder, for a while. @throws WeirError `migration_locked` (retryable) naming it. */
  hold<T>(work: () => Promise<T>): Promise<T>;
}
