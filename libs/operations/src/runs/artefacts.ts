import { REJECTS_FILE, STATE_FILE } from '@weir/orchestration';
import type { LandedFile, RawStore } from '@weir/raw';
import { publicName } from '../public/public-text.js';

/** What a file of a run is. */
export type ArtefactKind = 'raw' | 'manifest' | 'plan' | 'rows' | 'rejects' | 'state' | 'changes' | 'report' | 'other';

/** In the order in which a run leaves them. */
export const artefactKinds: readonly ArtefactKind[] = [
  'plan',
  'raw',
  'manifest',
  'state',
  'rejects',
  'rows',
  'changes',
  'report',
  'other',
];

/** A file that a run left; its contents stay where they are. */
export interface Artefact {
  /** Its name inside the run's folder. */
  readonly file: string;
  readonly kind: ArtefactKind;
  readonly bytes: number;
  /** Of a landed file, from the manifest; null of all others: what its source calls it. */
  readonly name: string | null;
  /** Hex. */
  readonly sha256: string | null;
  /** ISO 8601, UTC. */
  readonly fetched_at: string | null;
  readonly content_type: string | null;
}

export async function artefactsOf(raw: RawStore, pipeline: string, runId: string): Promise<Artefact[]> {
  const [files, manifest] = await Promise.all([raw.list(pipeline, runId), raw.readManifest(pipeline, runId)]);
  const landed = new Map(manifest?.files.map((each) => [each.file, each]));
  return files.map(({ file, bytes }) => ({ file, kind: kindOf(file), bytes, ...landedAs(landed.get(file)) }));
}

function landedAs(landed: LandedFile | undefined) {
  return {
    name: landed ? publicName(landed.name) : null,
    sha256: landed?.sha256 ?? null,
    fetched_at: landed?.fetched_at ?? null,
    content_type: landed?.content_type ?? null,
  };
}

/** By the names that the steps give (see @weir/orchestration, activities/artefacts.ts). */
function kindOf(file: string): ArtefactKind {
  if (file.startsWith('raw/')) return 'raw';
  const named: { readonly [file: string]: ArtefactKind } = {
    'manifest.json': 'manifest',
    'plan.json': 'plan',
    [STATE_FILE]: 'state',
    [REJECTS_FILE]: 'rejects',
    'transform.json': 'report',
    'compare_with_stored.json': 'report',
  };
  const made = /^(rows|changes)-[0-9a-f]+\.parquet$/.exec(file)?.[1] as 'rows' | 'changes' | undefined;
  return named[file] ?? made ?? 'other';
}
