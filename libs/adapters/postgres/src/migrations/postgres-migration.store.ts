import type { AppliedMigration, Migration, MigrationStore } from '@weir/migrations';
import { WeirError } from '@weir/pipeline';
import type { DataSource } from 'typeorm';
import { withPostgres } from '../connection.js';

const TABLE = `
  CREATE TABLE IF NOT EXISTS schema_migrations (
    number int PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT clock_timestamp())`;

/** What PostgreSQL has had applied, in its table `schema_migrations`. A migration and its record are one transaction. */
export class PostgresMigrationStore implements MigrationStore {
  readonly name = 'postgres';

  constructor(private readonly source: DataSource) {}

  async applied(): Promise<AppliedMigration[]> {
    const [{ exists } = { exists: false }] = await withPostgres(this.source, () =>
      this.source.query<{ exists: boolean }[]>(`SELECT to_regclass('schema_migrations') IS NOT NULL AS exists`),
    );
    if (!exists) return [];
    const rows = await withPostgres(this.source, () =>
      this.source.query<{ number: number; name: string; checksum: string; applied_at: Date }[]>(
        `SELECT * FROM schema_migrations ORDER BY number`,
      ),
    );
    return rows.map((row) => ({ ...row, applied_at: row.applied_at.toISOString() }));
  }

  async apply(migration: Migration): Promise<void> {
    await withPostgres(this.source, () => this.source.query(TABLE));
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
