import { ActivityCancellationType, type ActivityOptions } from '@temporalio/workflow';
import type { Activities } from '@weir/orchestration/workflow';

/** A worker that is not heard of for so long is gone: its step goes to another. */
const HEARTBEAT_TIMEOUT = '20 seconds';
/**
 * How long a step may be tried, waits for others and outages included: as long as the topic keeps what it published. A sink
 * that is mended on Monday, or a stack that was down over a weekend, ends no run.
 */
const AT_MOST = '7 days';

/** How long one attempt may take, by step: long enough for the largest history, short enough that a step that hangs ends. */
const ATTEMPT: { readonly [Name in keyof Activities | 'record_run']: ActivityOptions['startToCloseTimeout'] } = {
  record_run: '1 minute',
  open_run: '1 minute',
  check_history: '5 minutes',
  extract: '1 hour',
  transform: '2 hours',
  compare_with_stored: '1 hour',
  load_data: '6 hours',
  commit_run: '10 minutes',
  close_run: '2 minutes',
};

/**
 * Whether a step is tried again, and when, is decided where it failed, by the code of its failure (retryDelay in
 * @weir/orchestration): the worker says `nonRetryable`, or in how long. The policy here is for attempts that say nothing,
 * because their worker died or hung.
 */
export function limitsOf(step: keyof Activities | 'record_run'): ActivityOptions {
  return {
    startToCloseTimeout: ATTEMPT[step] ?? '1 minute',
    heartbeatTimeout: HEARTBEAT_TIMEOUT,
    // A run that is cancelled closes its record when its step has come to a safe place, not while that goes on.
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    // A run's record is closed however long that takes: nobody else would.
    ...(step === 'close_run' ? {} : { scheduleToCloseTimeout: AT_MOST }),
    retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '30 seconds' },
  };
}
