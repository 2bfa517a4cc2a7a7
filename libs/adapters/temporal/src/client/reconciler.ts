import type { IngestInput, RunRepository } from '@weir/orchestration';
import type { Failure } from '@weir/pipeline';

export interface ReconcilerSettings {
  readonly runs: Pick<RunRepository, 'open'>;
  readonly isOpen: (input: IngestInput) => Promise<boolean>;
  /** Closes a run's record; one whose rows are visible as succeeded (the step close_run). */
  readonly close: (input: IngestInput, error: Failure) => Promise<void>;
}

/**
 * Closes the records of runs whose workflow was terminated, timed out, or never began: nobody else would. A run counts as
 * such when two looks have found it so, because a run is recorded a moment before its workflow begins.
 */
export class Reconciler {
  private suspects: ReadonlySet<string> = new Set();

  constructor(private readonly settings: ReconcilerSettings) {}

  /** @returns what was closed. */
  async look(): Promise<readonly IngestInput[]> {
    const { runs, isOpen, close } = this.settings;
    const gone: IngestInput[] = [];
    for (const input of await runs.open()) if (!(await isOpen(input))) gone.push(input);
    const closed = gone.filter(({ run_id }) => this.suspects.has(run_id));
    for (const input of closed) await close(input, ENDED);
    this.suspects = new Set(gone.map(({ run_id }) => run_id));
    return closed;
  }
}

const ENDED: Failure = {
  code: 'workflow_ended',
  message: 'the workflow of this run was terminated, timed out, or never began. Start a new run.',
  retryable: false,
};
