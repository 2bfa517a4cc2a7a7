/** A file as it was fetched, before anything touched it. */
export interface LandedFile {
  /** The source item's name. */
  readonly name: string;
  /** File name inside the run's folder. */
  readonly file: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
  /** ISO 8601, UTC. */
  readonly fetched_at: string;
  readonly content_type: string | null;
}

/** What a run landed. Written last: a manifest that exists is complete. */
export interface Manifest {
  readonly run_id: string;
  readonly pipeline: string;
  readonly branch: string;
  readonly files: readonly LandedFile[];
}

export interface LandRequest {
  readonly name: string;
  readonly body: AsyncIterable<Uint8Array>;
  readonly contentType: string | null;
}

/**
 * Where what was fetched is landed as it came, and where a run's artefacts are kept. Local paths are given out for
 * reading; a store that is not local brings the file here first.
 */
export interface RawStore {
  /** Streams one item into the run's folder under a temporary name, hashes it on the way, renames it when whole. */
  land(pipeline: string, runId: string, request: LandRequest): Promise<LandedFile>;
  writeManifest(manifest: Manifest): Promise<void>;
  /** The run's manifest, or null where it has not landed everything. */
  readManifest(pipeline: string, runId: string): Promise<Manifest | null>;
  /** An absolute local path of a landed file or an artefact. */
  path(pipeline: string, runId: string, file: string): Promise<string>;
  /** Moves a finished local file into the run's folder under this name; an artefact of that name is replaced atomically. */
  keep(pipeline: string, runId: string, file: string, localPath: string): Promise<void>;
  has(pipeline: string, runId: string, file: string): Promise<boolean>;
  /** Names and sizes of all files of a run, landed files and artefacts, in order of name. */
  list(pipeline: string, runId: string): Promise<{ readonly file: string; readonly bytes: number }[]>;
  /** Removes a run's folder. */
  discard(pipeline: string, runId: string): Promise<void>;
}
