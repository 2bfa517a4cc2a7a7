import type { Failure } from '@weir/pipeline';

export interface RetrySettings {
  /** Tries of a step after the first, where its failure may pass. */
  readonly maxRetries: number;
  /** Seconds before the nth retry: base to the power of n - 1, a minute at most. */
  readonly backoffBase: number;
  /** Also wait for whatever is away until it is back: for an engine that outlives its processes. */
  readonly outlastOutages: boolean;
}

/** What is waited for is no failed try: another run's end; whoever repairs the sink. Seconds between two looks, at most. */
const WAITS: { readonly [code: string]: number } = { dataset_busy: 10, sink_refused: 10 };
/** Somebody else is away, and will be back. */
const OUTAGES: ReadonlySet<string> = new Set(['dependency_unavailable', 'rows_missing', 'stopping']);
/** Seconds between two tries, at most. */
const LONGEST = 60;
const LONGEST_OF_OUTAGE = 10;

/**
 * Milliseconds before a step is tried again, by what it failed of; null where it is not.
 * @param triesBefore failed ones before this one.
 */
export function retryDelay(failure: Failure, triesBefore: number, settings: RetrySettings): number | null {
  const wait = WAITS[failure.code];
  if (wait !== undefined) return backOff(settings.backoffBase, triesBefore, wait);
  if (!failure.retryable) return null;
  if (settings.outlastOutages && OUTAGES.has(failure.code)) {
    return backOff(settings.backoffBase, triesBefore, LONGEST_OF_OUTAGE);
  }
  return triesBefore < settings.maxRetries ? backOff(settings.backoffBase, triesBefore, LONGEST) : null;
}

/** Whether there is nothing wrong with the step itself, which waits for somebody else. */
export function isWait({ code }: Failure): boolean {
  return code in WAITS;
}

function backOff(base: number, retriesBefore: number, longest: number): number {
  return Math.min(longest, base ** retriesBefore) * 1000;
}
