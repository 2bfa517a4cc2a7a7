import type { Progress } from './monitor.js';
import type { IngestInput, IngestResult } from './run.js';

/** What executes runs: this process (inline), or Temporal and its workers. */
export interface RunEngine {
  /** Begins a run that was recorded. One that has begun already is left alone. */
  start(input: IngestInput): Promise<void>;
  /** Waits for the end of a run that was begun, and tells how far it has got meanwhile. */
  follow(input: IngestInput, report: (progress: Progress) => void): Promise<IngestResult>;
  /**
   * Asks a run to end as `cancelled`, and returns when the engine has taken the wish: the run comes to a safe place first.
   * A run that the engine does not know any more is closed by `resume` or the reconciler.
   */
  cancel(input: IngestInput): Promise<void>;
}
