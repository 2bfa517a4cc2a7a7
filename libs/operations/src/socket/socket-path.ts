import { createHash } from 'node:crypto';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Bytes that a Unix socket's path may have, on the strictest system. */
const LONGEST = 100;

/** Where the owner of a home folder listens: in the folder itself, or, where that path is too long for a socket, in one of its own under the system's temporary folder. */
export function socketFolder(home: string): string {
  if (Buffer.byteLength(join(home, 'postgres.sock/.s.PGSQL.5432')) <= LONGEST) return home;
  const name = createHash('sha256').update(home).digest('hex').slice(0, 16);
  return join(tmpdir(), `weir-${userInfo().uid}-${name}`);
}

export function socketPath(home: string): string {
  return join(socketFolder(home), 'weir.sock');
}
