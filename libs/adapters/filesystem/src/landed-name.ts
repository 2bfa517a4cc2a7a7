import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The file name under which an item is landed in `folder`: `001-history.csv`, by its place in the order of landing. The same
 * item gets the same name again, after a crash too, and two items never get one name: an ordinal belongs to whose name the
 * claim `.001` holds, and `link` makes a claim appear whole or fail, whoever else lands at the same moment.
 */
export async function claimLandedName(folder: string, itemName: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const draft = join(folder, `.${randomUUID()}`);
  await writeFile(draft, itemName);
  try {
    for (let number = 1; ; number += 1) {
      const ordinal = String(number).padStart(3, '0');
      const claim = join(folder, `.${ordinal}`);
      if ((await linked(draft, claim)) || (await readFile(claim, 'utf8')) === itemName) {
        return `${ordinal}-${safeBaseName(itemName)}`;
      }
    }
  } finally {
    await rm(draft, { force: true });
  }
}

async function linked(draft: string, claim: string): Promise<boolean> {
  try {
    await link(draft, claim);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** The last part of a path or URL in characters that every file system takes. */
function safeBaseName(name: string): string {
  const path = name.replace(/^(https?:\/\/[^?#]*)[?#].*$/i, '$1');
  const base = path.split(/[/\\]/).findLast((part) => part !== '') ?? '';
  return base.replace(/[^A-Za-z0-9._-]+/g, '-').slice(-100) || 'item';
}
