import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { WeirError } from '@weir/pipeline';

export interface OwnerLock {
  release(): void;
}

/**
 * Takes the home folder for this process alone, before anything in it is opened: a second PGlite on the same folder would
 * silently lose rows. Node has no file locks; DuckDB takes one of the operating system's on a database it opens, and the
 * system lets go of it when the process dies, however it dies.
 * @throws WeirError `home_in_use`, naming the process that has it; `home_unusable`.
 */
export async function lockHome(home: string): Promise<OwnerLock> {
  try {
    await mkdir(home, { recursive: true, mode: 0o700 });
    const instance = await DuckDBInstance.create(join(home, 'owner.lock'), { autoinstall_known_extensions: 'false' });
    return { release: () => instance.closeSync() };
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    if (!/conflicting lock/i.test(message)) {
      const reason = (cause as NodeJS.ErrnoException).code ?? message;
      throw new WeirError(
        'home_unusable',
        `${home} cannot be used (${reason}): set WEIR_HOME to a folder that can be written to.`,
        {
          details: { home },
          cause,
        },
      );
    }
    const pid = /PID (\d+)/.exec(message)?.[1];
    throw new WeirError(
      'home_in_use',
      `${home} is in use by ${pid ? `process ${pid}` : 'another process'}. Stop it first, or set WEIR_HOME to another folder.`,
      { details: { home, ...(pid ? { pid: Number(pid) } : {}) }, cause },
    );
  }
}
