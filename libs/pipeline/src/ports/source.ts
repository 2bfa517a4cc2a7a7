import type { ZodType } from 'zod';
import type { Workspace } from './workspace.js';

/** One thing that a source reads: a file or a page. */
export interface SourceItem {
  /** How the source is called in manifests, rows and the identity of a history: as declared, never a machine's path. */
  readonly name: string;
  /** An absolute path, or an http(s) URL. */
  readonly location: string;
}

/** An item after it was landed: the bytes as they came, in a local file. */
export interface LandedItem {
  readonly name: string;
  readonly path: string;
}

/**
 * What a source made of its landed items: a relation of text, and what it had to leave out.
 *
 * `relation` has the columns `_file` (VARCHAR, the item's name), `_row` (BIGINT: the line or row in the file, counted
 * from 1 with the header) and one VARCHAR column for each of `columns`; blank is NULL or ''.
 * `rejects` (if any row was left out by a declared rule) has `file VARCHAR, row BIGINT, code VARCHAR, reason VARCHAR, record VARCHAR`.
 */
export interface RawExtraction {
  readonly relation: string;
  readonly columns: readonly string[];
  readonly rejects?: string;
  /** How many rows each file has, where the relation reads files anew: whoever reads it makes sure that it has them all. */
  readonly counted?: readonly { readonly file: string; readonly rows: number }[];
  readonly warnings: readonly Warning[];
}

export interface Warning {
  readonly code: string;
  readonly message: string;
  readonly count: number;
}

/** A kind of source. `Options` are the keys of `source:` that this kind adds to those all kinds share. */
export interface SourceType<Options = unknown> {
  readonly type: string;
  /** Keys this kind adds to `source:`; every object in it is strict, so that an unknown key is an error with its line. */
  readonly options: ZodType<Options>;
  /** The items named by the options, globs expanded, in a stable order. Relative paths are under `folder`. */
  items(options: Options, folder: string): Promise<SourceItem[]>;
  /**
   * Reads landed items into the workspace.
   * @param wanted the source's own column names that the column mapping needs; one that is missing is an error that
   *   names it and lists those found.
   */
  read(
    options: Options,
    items: readonly LandedItem[],
    wanted: readonly string[],
    workspace: Workspace,
  ): Promise<RawExtraction>;
}

/** Brings an item's bytes here, unchanged. */
export interface Fetcher {
  /** Streams of bytes, with time-outs, a size limit and retries with back-off; failures are WeirErrors. */
  open(item: SourceItem, limits: FetchLimits): Promise<FetchedItem>;
}

export interface FetchedItem {
  readonly body: AsyncIterable<Uint8Array>;
  readonly contentType: string | null;
}

export interface FetchLimits {
  /** Milliseconds until the answer's headers, and between two chunks of it. */
  readonly timeoutMs: number;
  /** Bytes, at most. */
  readonly maxBytes: number;
  /** Tries after the first. */
  readonly retries: number;
}
