import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { socketFolder, socketPath } from './socket-path.js';

/** What a path may have on the strictest system, with the byte that ends it. */
const LIMIT = 104;
const deep = (letters: number) => `/home/${'x'.repeat(letters)}`;

it('is in the home folder itself', () => {
  expect(socketPath('/srv/weir/.weir')).toBe('/srv/weir/.weir/weir.sock');
});

it('is under the temporary folder where the home folder’s name is too long for a socket', () => {
  const home = deep(200);
  expect(socketFolder(home).startsWith(join(tmpdir(), 'weir-'))).toBe(true);
  expect(socketPath(home)).toBe(join(socketFolder(home), 'weir.sock'));
});

it('never makes a path that is too long, for the command line or for PostgreSQL, whatever letters are in it', () => {
  for (let letters = 1; letters < 150; letters += 1) {
    for (const home of [deep(letters), `/home/${'ж'.repeat(letters)}`]) {
      expect(Buffer.byteLength(join(socketFolder(home), 'postgres.sock/.s.PGSQL.5432'))).toBeLessThan(LIMIT);
    }
  }
});

it('is the same for one home folder always, and another for each', () => {
  expect(socketFolder(deep(200))).toBe(socketFolder(deep(200)));
  expect(socketFolder(deep(200))).not.toBe(socketFolder(deep(201)));
});
