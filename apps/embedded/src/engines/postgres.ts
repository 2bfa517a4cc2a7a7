import { chmod, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

/** Connections that may be open at once. They share one session: short transactions, no session state. */
const MAX_CONNECTIONS = 16;

export interface EmbeddedPostgres {
  /** Where `pg` finds it. */
  readonly address: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly password: string;
    readonly database: string;
  };
  close(): Promise<void>;
}

/**
 * PostgreSQL in this process (PGlite), behind a Unix socket in a folder that only this user can enter, so that the same
 * `pg` and TypeORM code talks to it as to a server.
 */
export async function startPostgres(dataFolder: string, socketFolder: string): Promise<EmbeddedPostgres> {
  const database = await PGlite.create({ dataDir: dataFolder });
  const host = join(socketFolder, 'postgres.sock');
  await mkdir(host, { recursive: true, mode: 0o700 });
  await chmod(host, 0o700);
  const path = join(host, '.s.PGSQL.5432');
  await rm(path, { force: true });
  const server = new PGLiteSocketServer({ db: database, path, maxConnections: MAX_CONNECTIONS });
  await server.start();
  return {
    address: { host, port: 5432, user: 'postgres', password: 'postgres', database: 'postgres' },
    async close() {
      await server.stop();
      await database.close();
    },
  };
}
