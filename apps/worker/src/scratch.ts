import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { WorkerDirectory } from '@weir/operations';

/** Milliseconds without a change after which a folder is one that nobody needs. */
const ABANDONED_AFTER = 24 * 60 * 60 * 1000;
/** Milliseconds between two signs of life. */
const ALIVE_EVERY = 60 * 60 * 1000;

export interface Scratch {
  /** Where the transforms of this worker spill: `scratch/<host>` of WEIR_HOME. */
  readonly folder: string;
  readonly close: () => void;
}

/**
 * Makes this host's folder anew: what is in it was spilt before a kill, and is of no use. As long as the process lives, the
 * folder is touched, so that it never looks abandoned, be there nothing to do for days.
 */
export async function openScratch(home: string, host: string): Promise<Scratch> {
  const folder = join(home, 'scratch', host);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const alive = setInterval(() => {
    // A touch that fails is followed by others, long before a day is over.
    void utimes(folder, new Date(), new Date()).catch(() => undefined);
  }, ALIVE_EVERY);
  alive.unref();
  return { folder, close: () => clearInterval(alive) };
}

/**
 * Removes the folders of workers that are gone. Workers share WEIR_HOME, and a container that is made anew has another host
 * name: nobody else clears what the one before had spilt when it was killed, which may be gigabytes. Gone is who is not among
 * the workers, and has changed nothing in its folder for a day; where the directory cannot be asked, nothing is removed.
 * @param own the folder of this worker.
 * @returns the hosts whose folders were removed.
 */
export async function sweepScratch(own: string, directory: WorkerDirectory): Promise<readonly string[]> {
  const all = dirname(own);
  const entries = await readdir(all, { withFileTypes: true });
  const others = entries.filter((entry) => entry.isDirectory() && entry.name !== basename(own));
  if (others.length === 0) return [];
  const living = new Set((await directory.all()).map(({ host }) => host));
  const removed: string[] = [];
  for (const { name } of others) {
    const folder = join(all, name);
    if (living.has(name) || Date.now() - (await lastChange(folder)) < ABANDONED_AFTER) continue;
    await rm(folder, { recursive: true, force: true });
    removed.push(name);
  }
  return removed;
}

/** Of a folder and all that is in it, in milliseconds since 1970; now, where another removes it meanwhile. */
async function lastChange(folder: string): Promise<number> {
  try {
    const within = await readdir(folder, { recursive: true });
    const times = await Promise.all(['', ...within].map(async (name) => (await stat(join(folder, name))).mtimeMs));
    return Math.max(...times);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Date.now();
    throw error;
  }
}
