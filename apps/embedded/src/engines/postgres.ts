import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

/**
 * Connections may overlap for a moment, when one takes the place of another. More are not used: PGlite is one session, and
 * the socket server hands it message by message to whoever comes first, so that behind a transaction the statements of two
 * waiting connections get mixed up, and both wait for ever.
 */
const MAX_CONNECTIONS = 16;
const POOL_SIZE = 1;

/** Made by cluster.mjs: what a new home begins with. */
const EMPTY_CLUSTER = fileURLToPath(new URL('../../cluster', import.meta.url));

/** All of it is taken at once, whether it is used or not; Weir's own tables are small, and the operating system caches files, too. */
const SHARED_BUFFERS = '16MB';

export interface EmbeddedPostgres {
  /** Where `pg` finds it. */
  readonly address: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly password: string;
    readonly database: string;
    readonly poolSize: number;
  };
  close(): Promise<void>;
}

/**
 * PostgreSQL in this process (PGlite), behind a Unix socket in a folder that only this user can enter, so that the same
 * `pg` and TypeORM code talks to it as to a server.
 */
export async function startPostgres(dataFolder: string, socketFolder: string): Promise<EmbeddedPostgres> {
  if (!existsSync(dataFolder)) await makeCluster(dataFolder);
  const startParams = [...PGlite.defaultStartParams, '-c', `shared_buffers=${SHARED_BUFFERS}`];
  const database = await PGlite.create({ dataDir: dataFolder, startParams });
  const host = join(socketFolder, 'postgres.sock');
  await mkdir(host, { recursive: true, mode: 0o700 });
  await chmod(host, 0o700);
  const path = join(host, '.s.PGSQL.5432');
  await rm(path, { force: true });
  const server = new PGLiteSocketServer({ db: database, path, maxConnections: MAX_CONNECTIONS });
  await server.start();
  return {
    address: { host, port: 5432, user: 'postgres', password: 'postgres', database: 'postgres', poolSize: POOL_SIZE },
    async close() {
      await server.stop();
      await database.close();
    },
  };
}

/** All of the cluster is there, or nothing: a copy that was cut short would look like a damaged database. */
async function makeCluster(dataFolder: string): Promise<void> {
  const draft = `${dataFolder}.draft`;
  await rm(draft, { recursive: true, force: true });
  await cp(EMPTY_CLUSTER, draft, { recursive: true });
  await rename(draft, dataFolder);
}
