import type { Branch, Failure } from '@weir/pipeline';

/** What an engine tells of a run, as far as the log and the metrics look at it. */
export interface RunEvents {
  runStarted(run: RunIds & { readonly branch: Branch | null; readonly only: string | null }): void;
  stepEnded(step: StepIds & { readonly counts: { readonly [name: string]: number } }): void;
  stepFailed(step: FailedStep): void;
  stepDeferred(step: FailedStep): void;
  batchLoaded(batch: LoadedBatch): void;
  runEnded(run: EndedRun): void;
  runLeftOpen(run: RunIds & { readonly seconds: number; readonly failure: Failure | null }): void;
}

export interface RunIds {
  readonly run_id: string;
  readonly pipeline: string;
}

export interface StepIds extends RunIds {
  readonly step: string;
  readonly attempt: number;
  readonly seconds: number;
}

export interface FailedStep extends StepIds {
  readonly failure: Failure;
  readonly retry_in_seconds: number | null;
  readonly causes: readonly string[];
  readonly stack: string | null;
}

export interface LoadedBatch extends RunIds {
  readonly dataset: string;
  readonly revision: number;
  readonly from: number;
  readonly to: number;
  readonly total: number;
}

export interface EndedRun extends RunIds {
  readonly branch: Branch | null;
  readonly status: 'succeeded' | 'failed' | 'cancelled' | 'nothing_new';
  readonly counts: { readonly extracted: number; readonly rejected: number; readonly published: number };
  readonly seconds: number;
  readonly error: Failure | null;
}
