import { realpath, stat } from 'node:fs/promises';
import { relative, resolve, sep, isAbsolute } from 'node:path';
import { nameOfUrl, WeirError, type SourceItem } from '@weir/pipeline';
import { glob, isDynamicPattern } from 'tinyglobby';

/** A comma or a new line, but not the commas of `{a,b}`. */
const SEPARATOR = /[\n\r]+|,(?![^{},]*(?:,[^{},]*)*\})/;

/**
 * The files that `paths` names, in its order, those of a glob in order of name; one that is named twice comes once.
 * @throws WeirError `source_not_found`, `source_not_a_file` or `source_unsupported`, naming the path as declared.
 */
export async function csvItems(paths: string | readonly string[], folder: string): Promise<SourceItem[]> {
  const entries = [paths]
    .flat()
    .flatMap((text) => text.split(SEPARATOR))
    .map((text) => text.trim())
    .filter((text) => text !== '');
  if (entries.length === 0) throw notFound('`paths` names no file.', String(paths));
  const found = new Map<string, SourceItem>();
  for (const entry of entries) {
    for (const { identity, item } of await itemsOf(entry, folder)) {
      if (!found.has(identity)) found.set(identity, item);
    }
  }
  return [...found.values()];
}

interface Found {
  /** Equal for two spellings of one file. */
  readonly identity: string;
  readonly item: SourceItem;
}

async function itemsOf(entry: string, folder: string): Promise<Found[]> {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(entry)?.[1]?.toLowerCase();
  if (scheme === 'http' || scheme === 'https') return [page(entry)];
  if (scheme !== undefined) {
    throw new WeirError(
      'source_unsupported',
      `Files are read from paths and http(s) URLs, not from ${scheme}: addresses.`,
      {
        details: { scheme },
      },
    );
  }
  const path = resolve(folder, entry);
  const status = await stat(path).catch(() => null);
  if (status?.isFile()) return [await file(entry, path)];
  if (status) {
    throw new WeirError(
      'source_not_a_file',
      `${entry} is a folder. Name the files in it, such as ${entry.replace(/\/$/, '')}/*.csv.`,
      {
        details: { path: entry },
      },
    );
  }
  if (!isDynamicPattern(entry)) {
    throw notFound(`There is no file ${entry}. Relative paths are under the pipeline's folder.`, entry);
  }
  const matches = await glob(entry, { cwd: folder, absolute: true, onlyFiles: true, expandDirectories: false });
  if (matches.length === 0) {
    throw notFound(`No file matches ${entry}. Relative patterns are under the pipeline's folder.`, entry);
  }
  return Promise.all(
    matches
      .sort()
      .map((match) => file(isAbsolute(entry) ? match : relative(folder, match).split(sep).join('/'), match)),
  );
}

async function file(name: string, location: string): Promise<Found> {
  return { identity: await realpath(location), item: { name, location } };
}

function page(entry: string): Found {
  let url: URL;
  try {
    url = new URL(entry);
  } catch {
    throw new WeirError('source_unsupported', `${entry.replace(/\/\/[^/@]*@/, '//')} is no URL.`);
  }
  const location = url.href;
  return { identity: location, item: { name: nameOfUrl(entry), location } };
}

function notFound(message: string, path: string): WeirError {
  return new WeirError('source_not_found', message, { details: { path } });
}
