import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import { WeirError, type Bindable, type Workspace } from '@weir/pipeline';

export interface DuckDbSettings {
  /** Folder in which each workspace makes a scratch folder of its own. */
  readonly scratch: string;
  /** DuckDB's memory limit, such as `600MB`; beyond it DuckDB spills to the scratch folder. */
  readonly memoryLimit: string;
  readonly threads: number;
  /** Aborted when the process is to stop: whatever query is running is interrupted. */
  readonly stopping?: AbortSignal;
}

/**
 * Opens an empty in-memory DuckDB with bounded memory that spills into its own scratch folder. UTC is set explicitly, and
 * extensions are neither installed nor loaded by themselves: a query that needs one fails instead of downloading it.
 */
export async function openDuckDbWorkspace(settings: DuckDbSettings): Promise<Workspace> {
  const directory = await mkdtemp(join(settings.scratch, 'step-'));
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: settings.memoryLimit,
    threads: String(settings.threads),
    temp_directory: join(directory, 'spill'),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  const interrupt = () => connection.interrupt();
  settings.stopping?.addEventListener('abort', interrupt);
  return new DuckDbWorkspace(directory, instance, connection, () =>
    settings.stopping?.removeEventListener('abort', interrupt),
  );
}

class DuckDbWorkspace implements Workspace {
  private count = 0;

  constructor(
    readonly directory: string,
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
    private readonly forgetStopping: () => void,
  ) {}

  async run(sql: string, parameters: readonly Bindable[] = []): Promise<void> {
    await this.attempt(() => this.connection.run(sql, parameters as DuckDBValue[]));
  }

  async query<T>(sql: string, parameters: readonly Bindable[] = []): Promise<T[]> {
    const reader = await this.attempt(() => this.connection.runAndReadAll(sql, parameters as DuckDBValue[]));
    return reader.getRowObjectsJS().map((row) => plain(row) as T);
  }

  async append(table: string, rows: Iterable<readonly (string | null)[]>): Promise<void> {
    await this.attempt(async () => {
      const appender = await this.connection.createAppender(table);
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
    this.forgetStopping();
    this.connection.closeSync();
    this.instance.closeSync();
    await rm(this.directory, { recursive: true, force: true });
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
