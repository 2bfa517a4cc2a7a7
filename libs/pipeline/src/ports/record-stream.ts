/** A range of a local Parquet file of changed rows, on its way to the sink: what a Kafka batch is in the stack. */
export interface RecordChunk {
  /**
   * Absolute path. Columns: `ordinal` (BIGINT, from 0, in the file's order), the schema's fields, `basis`, `filled`,
   * `source`, `withdrawn`.
   */
  readonly file: string;
  /** First ordinal, and the one after the last. */
  readonly from: number;
  readonly to: number;
  /** Fields that are the same on every record. */
  readonly dataset: string;
  readonly run_id: string;
  readonly revision: number;
}

/**
 * Takes records of any number of runs to the sink. Publishing the same chunk twice changes nothing that a reader can see.
 * What the sink fails of is told to the run whose chunk it was, once, and to no other.
 */
export interface RecordStream {
  /** Rows of a chunk, at most; and chunks between two notes of how far a run has got. */
  readonly pace: { readonly chunkRows: number; readonly chunks: number };
  /** Resolves when the stream has room for the chunk: a slow sink slows its publisher down. Rejects once the sink failed. */
  publish(chunk: RecordChunk): Promise<void>;
  /** Resolves when the sink has taken everything published so far by a run; rejects with what the sink failed of. */
  flush(runId: string): Promise<void>;
}
