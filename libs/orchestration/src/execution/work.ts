import { toFailure } from '@weir/pipeline';

/** A step that is being executed. */
export interface RunningStep {
  readonly run_id: string;
  readonly pipeline: string;
  readonly step: string;
  /** ISO 8601, UTC: when this attempt began. */
  readonly since: string;
}

/** What an engine is doing, and has done since it was made. */
export interface WorkDone {
  /** In the order in which they began. */
  readonly running: readonly RunningStep[];
  /** Attempts of steps that ended well. */
  readonly finished: number;
  /** Attempts of steps that failed, those that were tried again included. */
  readonly failed: number;
}

/** Keeps count of the steps that an engine executes. */
export class Work {
  private readonly running = new Set<RunningStep>();
  private finished = 0;
  private failed = 0;
  /** How often a step has begun or ended: whoever saw another number has missed something. */
  changes = 0;

  /** Counts one attempt of a step. To find its dataset written by another run, and so to wait, is no failure. */
  async during<T>(step: Omit<RunningStep, 'since'>, attempt: () => Promise<T>): Promise<T> {
    const running = { ...step, since: new Date().toISOString() };
    this.running.add(running);
    this.changes += 1;
    try {
      const result = await attempt();
      this.finished += 1;
      return result;
    } catch (error) {
      if (toFailure(error).code !== 'dataset_busy') this.failed += 1;
      throw error;
    } finally {
      this.running.delete(running);
      this.changes += 1;
    }
  }

  done(): WorkDone {
    return { running: [...this.running], finished: this.finished, failed: this.failed };
  }
}
