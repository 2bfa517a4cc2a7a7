import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { WeirError } from '../errors/weir-error.js';

/**
 * The definitions `<folder>/<name>/pipeline.yaml`, sorted by name.
 * @throws WeirError `pipelines_not_readable` where the folder cannot be listed
 */
export async function findDefinitions(folder: string): Promise<string[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (cause) {
    throw new WeirError(
      'pipelines_not_readable',
      `The folder of the pipelines, ${folder}, cannot be listed (${(cause as NodeJS.ErrnoException).code}). Name a folder that holds one folder for each pipeline.`,
      { details: { folder }, cause },
    );
  }
  const files = names.sort().map((name) => join(folder, name, 'pipeline.yaml'));
  const present = await Promise.all(files.map(isFile));
  return files.filter((_, index) => present[index]);
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    // Not there, or in no folder: no definition either way.
    return false;
  }
}
