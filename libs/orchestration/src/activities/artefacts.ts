import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { literal, WeirError, type Workspace } from '@weir/pipeline';
import type { RawStore } from '@weir/raw';

/** Files that runs leave, by name. */
export const REJECTS_FILE = 'rejects.ndjson';
export const STATE_FILE = 'state.parquet';

/**
 * Runs a step once: what it gave is kept as `<step>.json` when it is done, and a later call for the same run reads that
 * instead. So a retry, and a restart after a kill, see the artefacts of the first time, and cannot see other figures.
 */
export async function once<T extends object>(
  raw: RawStore,
  run: { readonly pipeline: string; readonly run_id: string },
  step: string,
  workspace: Workspace,
  work: () => Promise<T>,
): Promise<T> {
  const file = `${step}.json`;
  const earlier = await readOutcome<T>(raw, run, step);
  if (earlier) return earlier;
  const outcome = await work();
  const draft = join(workspace.directory, file);
  await writeFile(draft, `${JSON.stringify(outcome, null, 2)}\n`);
  await raw.keep(run.pipeline, run.run_id, file, draft);
  return outcome;
}

/** What a step of a run gave, or null where it has not ended. */
export async function readOutcome<T extends object>(
  raw: RawStore,
  run: { readonly pipeline: string; readonly run_id: string },
  step: string,
): Promise<T | null> {
  const file = `${step}.json`;
  if (!(await raw.has(run.pipeline, run.run_id, file))) return null;
  const path = await raw.path(run.pipeline, run.run_id, file);
  return JSON.parse(await readFile(path, 'utf8')) as T;
}

/** As `readOutcome`; a step that has not ended is `artefact_missing`. */
export async function requireOutcome<T extends object>(
  raw: RawStore,
  run: { readonly pipeline: string; readonly run_id: string },
  step: string,
): Promise<T> {
  const outcome = await readOutcome<T>(raw, run, step);
  if (!outcome) {
    throw new WeirError(
      'artefact_missing',
      `run ${run.run_id} of ${run.pipeline} has no ${step}.json: its raw store was removed or the step never ended. Start a new run.`,
    );
  }
  return outcome;
}

/** Writes a relation in its order as Parquet. @returns the file, in the workspace's folder. */
export async function writeParquet(select: string, workspace: Workspace): Promise<string> {
  const draft = join(workspace.directory, `${workspace.fresh('draft')}.parquet`);
  await workspace.run(`COPY (${select}) TO ${literal(draft)} (FORMAT parquet, COMPRESSION zstd)`);
  return draft;
}

/** A relation over a Parquet file that reads it when it is read. */
export async function parquetView(file: string, prefix: string, workspace: Workspace): Promise<string> {
  const name = workspace.fresh(prefix);
  await workspace.run(`CREATE VIEW ${name} AS SELECT * FROM read_parquet(${literal(file)})`);
  return name;
}

/** Names a finished Parquet file by its hash, and keeps it. */
export async function keepParquet(
  raw: RawStore,
  run: { readonly pipeline: string; readonly run_id: string },
  prefix: string,
  draft: string,
): Promise<{ readonly file: string; readonly sha256: string }> {
  const sha256 = await fileHash(draft);
  const file = `${prefix}-${sha256.slice(0, 16)}.parquet`;
  await raw.keep(run.pipeline, run.run_id, file, draft);
  return { file, sha256 };
}

async function fileHash(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
