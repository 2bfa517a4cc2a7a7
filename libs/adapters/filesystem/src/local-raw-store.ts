import { createHash } from 'node:crypto';
import { readFile, readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { WeirError } from '@weir/pipeline';
import type { LandRequest, LandedFile, Manifest, RawStore } from '@weir/raw';
import { moveFile, writeWhole } from './atomic-file.js';
import { claimLandedName } from './landed-name.js';

const MANIFEST = 'manifest.json';

/**
 * A raw store in a local folder: `<root>/<pipeline>/<run id>/`, with `raw/001-history.csv` for what was landed, artefacts
 * beside it and `manifest.json` last. Whatever bears its final name is whole and on the disk; names with a dot in front are
 * the store's own.
 */
export function localRawStore(root: string): RawStore {
  return new LocalRawStore(resolve(root));
}

class LocalRawStore implements RawStore {
  constructor(private readonly root: string) {}

  async land(pipeline: string, runId: string, request: LandRequest): Promise<LandedFile> {
    const folder = this.folder(pipeline, runId);
    const file = `raw/${await claimLandedName(join(folder, 'raw'), request.name)}`;
    const hash = createHash('sha256');
    let bytes = 0;
    await writeWhole(join(folder, file), async (handle) => {
      for await (const chunk of request.body) {
        hash.update(chunk);
        bytes += chunk.length;
        await handle.appendFile(chunk);
      }
    });
    return {
      name: request.name,
      file,
      bytes,
      sha256: hash.digest('hex'),
      fetched_at: new Date().toISOString(),
      content_type: request.contentType,
    };
  }

  async writeManifest(manifest: Manifest): Promise<void> {
    const folder = this.folder(manifest.pipeline, manifest.run_id);
    for (const { file, bytes } of manifest.files) {
      const status = await stat(join(folder, checkedFile(file))).catch(() => null);
      if (status?.size === bytes) continue;
      throw new WeirError(
        'landing_incomplete',
        `The manifest of run ${manifest.run_id} names ${file} with ${bytes} bytes, and ` +
          `${status ? `it has ${status.size}` : 'it is not there'}. Land it again before the manifest is written.`,
        { details: { file, bytes } },
      );
    }
    await writeWhole(join(folder, MANIFEST), (handle) => handle.writeFile(`${JSON.stringify(manifest, null, 2)}\n`));
  }

  async readManifest(pipeline: string, runId: string): Promise<Manifest | null> {
    const text = await readFile(join(this.folder(pipeline, runId), MANIFEST), 'utf8').catch(absent);
    if (text === null) return null;
    try {
      return JSON.parse(text) as Manifest;
    } catch (cause) {
      const message = `${MANIFEST} of run ${runId} of ${pipeline} is not JSON: it was changed after Weir wrote it. Start a new run.`;
      throw new WeirError('manifest_unreadable', message, { details: { pipeline, run_id: runId }, cause });
    }
  }

  async path(pipeline: string, runId: string, file: string): Promise<string> {
    if (await this.has(pipeline, runId, file)) return join(this.folder(pipeline, runId), file);
    throw new WeirError(
      'artefact_missing',
      `Run ${runId} of ${pipeline} has no file ${file}. Its files were removed, or it left none of that name.`,
      {
        details: { pipeline, run_id: runId, file },
      },
    );
  }

  async keep(pipeline: string, runId: string, file: string, localPath: string): Promise<void> {
    await moveFile(localPath, join(this.folder(pipeline, runId), checkedFile(file)));
  }

  async has(pipeline: string, runId: string, file: string): Promise<boolean> {
    const status = await stat(join(this.folder(pipeline, runId), checkedFile(file))).catch(absent);
    return status?.isFile() ?? false;
  }

  async list(pipeline: string, runId: string): Promise<{ readonly file: string; readonly bytes: number }[]> {
    const folder = this.folder(pipeline, runId);
    const files = await filesUnder(folder, '');
    const sized = files.sort().map(async (file) => {
      // A run that ends with nothing new discards its files, in the middle of a list too.
      const status = await stat(join(folder, file)).catch(absent);
      return status === null ? [] : [{ file, bytes: status.size }];
    });
    return (await Promise.all(sized)).flat();
  }

  async discard(pipeline: string, runId: string): Promise<void> {
    await rm(this.folder(pipeline, runId), { recursive: true, force: true });
  }

  private folder(pipeline: string, runId: string): string {
    return join(this.root, checkedName('pipeline', pipeline), checkedName('run id', runId));
  }
}

/** Names come from callers and become folders: none may lead out of the root. */
function checkedName(what: string, name: string): string {
  if (/^[A-Za-z0-9._-]+$/.test(name) && !/^\.+$/.test(name)) return name;
  const message = `The ${what} ${JSON.stringify(name)} cannot name a folder. Use letters, digits, dots, hyphens and underscores.`;
  throw new WeirError('invalid_name', message, { details: { name } });
}

function checkedFile(file: string): string {
  if (file.split('/').every((part) => /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(part))) return file;
  const message =
    `${JSON.stringify(file)} cannot name a file of a run. Use letters, digits, dots, hyphens and underscores, with / ` +
    'between folders and no dot in front.';
  throw new WeirError('invalid_name', message, { details: { name: file } });
}

async function filesUnder(folder: string, prefix: string): Promise<string[]> {
  const entries = (await readdir(join(folder, prefix), { withFileTypes: true }).catch(absent)) ?? [];
  const nested = entries
    .filter((entry) => !entry.name.startsWith('.'))
    .map(async (entry) => {
      const file = `${prefix}${entry.name}`;
      return entry.isDirectory() ? filesUnder(folder, `${file}/`) : [file];
    });
  return (await Promise.all(nested)).flat();
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
  throw error;
}
