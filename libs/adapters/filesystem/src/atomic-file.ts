import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { WeirError } from '@weir/pipeline';

/** Writes a file under a temporary name, brings it to the disk, and gives it its name; a failure leaves nothing. */
export async function writeWhole(path: string, write: (handle: FileHandle) => Promise<void>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = draftOf(path);
  try {
    const handle = await open(draft, 'wx');
    try {
      await write(handle);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true });
    throw cause;
  }
  await sync(dirname(path));
}

/**
 * Moves a file, onto another device too, so that `to` is always the old file or the new one.
 * @throws WeirError `artefact_missing` where there is nothing to move.
 */
export async function moveFile(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  const draft = draftOf(to);
  try {
    await sync(from);
    await rename(from, to);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      throw new WeirError(
        'artefact_missing',
        `There is no ${basename(from)} to keep as ${basename(to)}. Write it first.`,
        { cause },
      );
    }
    if (code !== 'EXDEV') throw cause;
    try {
      await copyFile(from, draft);
      await sync(draft);
      await rename(draft, to);
    } catch (failure) {
      await rm(draft, { force: true });
      throw failure;
    }
    await rm(from);
  }
  await sync(dirname(to));
}

function draftOf(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomUUID()}`);
}

/** Brings a file to the disk; or a folder, without which the renames in it are not there. */
async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
