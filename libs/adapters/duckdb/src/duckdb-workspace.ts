import type { DuckDBValue } from '@duckdb/node-api';
import { WeirError, type Bindable, type Workspace } from '@weir/pipeline';
import { openDuckDb, type DuckDbSettings, type OpenDuckDb } from './duckdb-instance.js';

/** Opens the workspace of one step: an empty DuckDB of its own, gone when it is closed. */
export async function openDuckDbWorkspace(settings: DuckDbSettings): Promise<Workspace> {
  return new DuckDbWorkspace(await openDuckDb(settings));
}

class DuckDbWorkspace implements Workspace {
  readonly directory: string;
  private count = 0;

  constructor(private readonly duckdb: OpenDuckDb) {
    this.directory = duckdb.directory;
  }

  async run(sql: string, parameters: readonly Bindable[] = []): Promise<void> {
    await this.attempt(() => this.duckdb.connection.run(sql, parameters as DuckDBValue[]));
  }

  async query<T>(sql: string, parameters: readonly Bindable[] = []): Promise<T[]> {
    const reader = await this.attempt(() => this.duckdb.connection.runAndReadAll(sql, parameters as DuckDBValue[]));
    return reader.getRowObjectsJS().map((row) => plain(row) as T);
  }

  async append(table: string, rows: Iterable<readonly (string | null)[]>): Promise<void> {
    await this.attempt(async () => {
      const appender = await this.duckdb.connection.createAppender(table);
      for (const row of rows) {
        for (const value of row) {
          if (value === null) appender.appendNull();
          else appender.appendVarchar(value);
        }
        appender.endRow();
      }
      appender.closeSync();
    });
  }

  async columns(relation: string): Promise<string[]> {
    const rows = await this.query<{ column_name: string }>(
      `SELECT column_name FROM (DESCRIBE SELECT * FROM ${relation})`,
    );
    return rows.map((row) => row.column_name);
  }

  fresh(prefix: string): string {
    this.count += 1;
    return `${prefix}_${this.count}`;
  }

  async close(): Promise<void> {
    await this.duckdb.close();
  }

  private async attempt<T>(action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      throw new WeirError('query_failed', message, { cause });
    }
  }
}

/** DuckDB's values as JSON has them: BIGINT as number, DATE as YYYY-MM-DD, lists as arrays. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) {
    const iso = value.toISOString();
    return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso;
  }
  if (Array.isArray(value)) return value.map(plain);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  }
  return value;
}
