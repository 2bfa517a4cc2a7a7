import { hostname } from 'node:os';
import { setInterval } from 'node:timers';
import type { AppliedMigration, Migration, MigrationLock, MigrationStore } from '@weir/migrations';
import { WeirError } from '@weir/pipeline';
import type { DataSource } from 'typeorm';
import { withPostgres } from '../failure.js';

const TABLES = `
  CREATE TABLE IF NOT EXISTS schema_migrations (
    number int PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT clock_timestamp());
  CREATE TABLE IF NOT EXISTS schema_migration_lock (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row), holder text NOT NULL, seen_at timestamptz NOT NULL)`;

/** What PostgreSQL has had applied, in its table `schema_migrations`. A migration and its record are one transaction. */
export class PostgresMigrationStore implements MigrationStore {
  readonly name = 'postgres';

  constructor(private readonly source: DataSource) {}

  async applied(): Promise<AppliedMigration[]> {
    const [{ exists } = { exists: false }] = await withPostgres(() =>
      this.source.query<{ exists: boolean }[]>(`SELECT to_regclass('schema_migrations') IS NOT NULL AS exists`),
    );
    if (!exists) return [];
    const rows = await withPostgres(() =>
      this.source.query<{ number: number; name: string; checksum: string; applied_at: Date }[]>(
        `SELECT * FROM schema_migrations ORDER BY number`,
      ),
    );
    return rows.map((row) => ({ ...row, applied_at: row.applied_at.toISOString() }));
  }

  async apply(migration: Migration): Promise<void> {
    await withPostgres(() => this.source.query(TABLES));
    try {
      await this.source.transaction(async (manager) => {
        await manager.query(migration.sql);
        await manager.query(`INSERT INTO schema_migrations (number, name, checksum) VALUES ($1, $2, $3)`, [
          migration.number,
          migration.name,
          migration.checksum,
        ]);
      });
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      throw new WeirError('migration_failed', `postgres/${migration.name}.sql: ${message}`, { cause });
    }
  }
}

/** Seconds between two signs of life of the holder, and after how many without one the lock is free. */
const SIGN_EVERY = 10;
const FREE_AFTER = 60;

/** The lock is a row, not an advisory lock: the embedded PostgreSQL is one session, and would grant that to everyone. */
export class PostgresMigrationLock implements MigrationLock {
  constructor(private readonly source: DataSource) {}

  async hold<T>(work: () => Promise<T>): Promise<T> {
    const holder = `${hostname()} pid ${process.pid} ${Math.random().toString(36).slice(2, 8)}`;
    await withPostgres(() => this.source.query(TABLES));
    const taken = await withPostgres(() =>
      this.source.query<unknown[]>(
        `INSERT INTO schema_migration_lock (holder, seen_at) VALUES ($1, clock_timestamp())
         ON CONFLICT (only_row) DO UPDATE SET holder = excluded.holder, seen_at = excluded.seen_at
         WHERE schema_migration_lock.seen_at < clock_timestamp() - make_interval(secs => ${FREE_AFTER})
         RETURNING holder`,
        [holder],
      ),
    );
    if (taken.length === 0) {
      const [other] = await this.source.query<{ holder: string }[]>(`SELECT holder FROM schema_migration_lock`);
      throw new WeirError(
        'migration_locked',
        `another process is migrating (${other?.holder ?? 'just ended'}); wait for it, or ${FREE_AFTER} seconds if it was killed`,
        { retryable: true },
      );
    }
    const signs = setInterval(() => {
      void this.source
        .query(`UPDATE schema_migration_lock SET seen_at = clock_timestamp() WHERE holder = $1`, [holder])
        .catch(() => undefined);
    }, SIGN_EVERY * 1000);
    try {
      return await work();
    } finally {
      clearInterval(signs);
      await this.source.query(`DELETE FROM schema_migration_lock WHERE holder = $1`, [holder]);
    }
  }
}
