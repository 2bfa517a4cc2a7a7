import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

export interface DuckDbSettings {
  /** Folder in which each instance makes a scratch folder of its own. */
  readonly scratch: string;
  /** DuckDB's memory limit, such as `600MB`; beyond it DuckDB spills to the scratch folder. */
  readonly memoryLimit: string;
  readonly threads: number;
  /** Aborted when the process is to stop: whatever query is running is interrupted. */
  readonly stopping?: AbortSignal;
}

export interface OpenDuckDb {
  /** The scratch folder. */
  readonly directory: string;
  readonly connection: DuckDBConnection;
  /** Closes the instance and removes its scratch folder. */
  close(): Promise<void>;
}

/**
 * Opens an empty in-memory DuckDB with bounded memory that spills into its own scratch folder. UTC is set explicitly, and
 * extensions are neither installed nor loaded by themselves: a query that needs one fails instead of downloading it.
 */
export async function openDuckDb(settings: DuckDbSettings): Promise<OpenDuckDb> {
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
  // The right side of a join is the one that is held in memory, as it is written: DuckDB would take the larger one for the
  // smaller where it cannot know, because it guesses the rows of a CSV file from nothing.
  await connection.run("SET disabled_optimizers = 'build_side_probe_side'");
  const interrupt = () => connection.interrupt();
  settings.stopping?.addEventListener('abort', interrupt);
  return {
    directory,
    connection,
    close: async () => {
      settings.stopping?.removeEventListener('abort', interrupt);
      connection.closeSync();
      instance.closeSync();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
