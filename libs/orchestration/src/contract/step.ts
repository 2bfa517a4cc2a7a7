import { WeirError } from '@weir/pipeline';
import type { Activities } from './activities.js';

/** What an engine gives a step along with its input. */
export interface StepContext {
  /** Aborted when the step is to end at the next safe place: its run is cancelled, or the process stops. */
  readonly signal: AbortSignal;
  /** Where an earlier attempt of this step said that the next one may go on; null where none did. */
  readonly cursor: unknown;
  /** Tells the engine how far the step has got, and so that it is alive. The cursor is small, and plain JSON. */
  readonly heartbeat: (cursor: unknown) => void;
}

/** The steps as they are executed; `ingest` sees them as `Activities`. */
export type Steps = {
  readonly [Name in keyof Activities]: (
    input: Parameters<Activities[Name]>[0],
    context: StepContext,
  ) => ReturnType<Activities[Name]>;
};

export function cancelled(): WeirError {
  return new WeirError('cancelled', 'the run was cancelled');
}

export function stopping(): WeirError {
  return new WeirError('stopping', 'the process is stopping; the run goes on after a restart, or elsewhere', {
    retryable: true,
  });
}

/** A safe place: ends the step here where it is asked to. */
export function endIfAsked(signal: AbortSignal): void {
  if (!signal.aborted) return;
  throw signal.reason instanceof WeirError ? signal.reason : stopping();
}
