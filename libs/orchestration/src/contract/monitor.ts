import type { Branch, Failure } from '@weir/pipeline';
import type { Counts, IngestResult, Only } from './run.js';

/** How far a step of a run has got. */
export interface Progress {
  readonly run_id: string;
  readonly pipeline: string;
  readonly step: string;
  readonly done: number;
  /** Null where nobody knows yet. */
  readonly total: number | null;
  readonly unit: 'bytes' | 'rows' | 'files';
}

interface RunIds {
  readonly run_id: string;
  readonly pipeline: string;
}

export interface RunStarted extends RunIds {
  /** The branch that is asked for; null leaves it to the history. */
  readonly branch: Branch | null;
  readonly only: Only | null;
}

/** An attempt at a step. */
interface StepIds extends RunIds {
  readonly step: string;
  /** From 1 on, over all processes that tried. */
  readonly attempt: number;
  readonly seconds: number;
}

export interface StepEnded extends StepIds {
  /** The numbers of what the step gave, such as `rows`. */
  readonly counts: { readonly [name: string]: number };
}

export interface StepFailed extends StepIds {
  readonly failure: Failure;
  /** Null where it is not tried again, and the run fails. */
  readonly retry_in_seconds: number | null;
  /** What the failure came from, each as one line, the nearest first: for the log only. */
  readonly causes: readonly string[];
  /** Of an error that nobody foresaw: for the log only. */
  readonly stack: string | null;
}

/** Rows that the sink has; `from` is the first one's place among all rows of the run, `to` the place behind the last. */
export interface BatchLoaded extends RunIds {
  readonly dataset: string;
  readonly revision: number;
  readonly from: number;
  readonly to: number;
  readonly total: number;
}

export interface RunEnded extends RunIds {
  /** Null where the run ended before there was one. */
  readonly branch: Branch | null;
  readonly status: IngestResult['status'];
  readonly counts: Counts;
  /** Since this process took the run up. */
  readonly seconds: number;
  readonly error: Failure | null;
}

export interface RunLeftOpen extends RunIds {
  readonly seconds: number;
  /** Null where the process stops. */
  readonly failure: Failure | null;
}

/** Is told what goes on, as plain data; must not fail and must not block. */
export interface Monitor {
  progress(progress: Progress): void;
  /** A run's turn has come: it begins, or goes on after a restart. */
  runStarted(run: RunStarted): void;
  stepEnded(step: StepEnded): void;
  stepFailed(step: StepFailed): void;
  /** The step waits for another run that holds its dataset, which is no failure. */
  stepDeferred(step: StepFailed): void;
  batchLoaded(batch: BatchLoaded): void;
  /** The run has ended, and its record says so. */
  runEnded(run: RunEnded): void;
  /** This process stops, or could not keep the run's record: the run is taken up again. */
  runLeftOpen(run: RunLeftOpen): void;
}

/** For whoever listens to nothing, or to a part. */
export const silentMonitor: Monitor = Object.freeze({
  progress: () => undefined,
  runStarted: () => undefined,
  stepEnded: () => undefined,
  stepFailed: () => undefined,
  stepDeferred: () => undefined,
  batchLoaded: () => undefined,
  runEnded: () => undefined,
  runLeftOpen: () => undefined,
});

/** What holds while a run, or a step of it, is executed, so that what is said meanwhile can carry its ids. */
export interface Scope {
  within<T>(ids: RunIds & { readonly step?: string; readonly attempt?: number }, work: () => T): T;
  /** Outside of whatever is under way: a run that is taken up belongs to no errand. */
  apart<T>(work: () => T): T;
}

export const noScope: Scope = Object.freeze({
  within: <T>(_ids: RunIds, work: () => T) => work(),
  apart: <T>(work: () => T) => work(),
});
