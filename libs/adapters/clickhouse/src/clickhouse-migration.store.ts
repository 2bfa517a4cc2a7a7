import type { AppliedMigration, Migration, MigrationStore } from '@weir/migrations';
import { WeirError } from '@weir/pipeline';
import type { ClickHouseClient } from './clickhouse.js';
import { withClickHouse } from './clickhouse.js';

/**
 * What ClickHouse has had applied, in its table `schema_migrations`. ClickHouse has no transactions: the statements of a
 * migration must bear repeating (IF NOT EXISTS), because a kill before the record was written applies them again.
 */
export class ClickHouseMigrationStore implements MigrationStore {
  readonly name = 'clickhouse';

  constructor(private readonly client: ClickHouseClient) {}

  async applied(): Promise<AppliedMigration[]> {
    return withClickHouse(async () => {
      const exists = await this.client.query({ query: 'EXISTS TABLE schema_migrations', format: 'JSONEachRow' });
      const [{ result } = { result: 0 }] = await exists.json<{ result: number }>();
      if (Number(result) === 0) return [];
      const rows = await this.client.query({
        query: `SELECT number, name, checksum, formatDateTime(applied_at, '%Y-%m-%dT%H:%i:%SZ', 'UTC') AS applied_at
          FROM schema_migrations FINAL ORDER BY number`,
        format: 'JSONEachRow',
      });
      return rows.json<AppliedMigration>();
    });
  }

  async apply(migration: Migration): Promise<void> {
    await withClickHouse(() =>
      this.client.command({
        query: `CREATE TABLE IF NOT EXISTS schema_migrations
          (number UInt32, name String, checksum String, applied_at DateTime('UTC') DEFAULT now('UTC'))
          ENGINE = ReplacingMergeTree ORDER BY number`,
      }),
    );
    for (const query of statements(migration.sql)) {
      try {
        await withClickHouse(() => this.client.command({ query }));
      } catch (cause) {
        if (cause instanceof WeirError && cause.retryable) throw cause;
        const message = cause instanceof Error ? cause.message : String(cause);
        throw new WeirError('migration_failed', `clickhouse/${migration.name}.sql: ${message}`, { cause });
      }
    }
    const { number, name, checksum } = migration;
    await withClickHouse(() =>
      this.client.insert({ table: 'schema_migrations', values: [{ number, name, checksum }], format: 'JSONEachRow' }),
    );
  }
}

/** The statements of a file: each ends with a semicolon at the end of a line. */
function statements(sql: string): string[] {
  return sql
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('--'))
    .join('\n')
    .split(/;\s*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}
