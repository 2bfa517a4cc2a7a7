import type { Branch, Failure } from '@weir/pipeline';
import type { Activities } from '../contract/activities.js';
import type { Monitor } from '../contract/monitor.js';
import type { Counts, IngestInput, IngestResult } from '../contract/run.js';
import { secondsSince } from './step-events.js';

/** Tells the monitor how a run begins and ends. It sees only what the steps are given, so that `ingest` knows nothing of it. */
export class RunWatch {
  private readonly began = performance.now();
  private readonly ids: { readonly run_id: string; readonly pipeline: string };
  private branch: Branch | null;
  private counts: Counts = { extracted: 0, rejected: 0, published: 0 };

  constructor(
    private readonly monitor: Monitor,
    input: IngestInput,
  ) {
    this.ids = { run_id: input.run_id, pipeline: input.pipeline };
    this.branch = input.branch;
    monitor.runStarted({ ...this.ids, branch: input.branch, only: input.only });
  }

  stepEnded(step: string, argument: unknown): void {
    if (step !== 'close_run') return;
    const { branch, counts } = argument as Parameters<Activities['close_run']>[0];
    this.branch = branch ?? this.branch;
    this.counts = counts;
  }

  ended({ status, error }: IngestResult): void {
    const { ids, branch, counts } = this;
    this.monitor.runEnded({ ...ids, branch, status, counts, seconds: secondsSince(this.began), error });
  }

  leftOpen(failure: Failure | null): void {
    this.monitor.runLeftOpen({ ...this.ids, seconds: secondsSince(this.began), failure });
  }
}
