import type { Failure } from '@weir/pipeline';
import type { EndedRun, RunEvents } from '../run-events.js';
import type { Log } from './log.js';

/**
 * Logs what an engine tells of its runs: `info` that one began and how it ended, `error` where it failed, `warn` an
 * attempt at a step that failed, `debug` each step and each batch.
 * @param toldElsewhere whether whoever reads the log hears how runs begin and end in another way; that is `debug` then.
 */
export function runLines(log: Log, toldElsewhere: () => boolean = () => false): RunEvents {
  const notice = () => (toldElsewhere() ? 'debug' : 'info');
  return {
    runStarted: (run) =>
      log({
        level: notice(),
        event: 'run_started',
        message: `${run.pipeline}: run started${run.branch ? `, ${run.branch}` : ''}${run.only ? `, only ${run.only}` : ''}`,
        ...run,
      }),
    stepEnded: (step) =>
      log({
        level: 'debug',
        event: 'step_ended',
        message: `${step.pipeline}: ${step.step} ended in ${step.seconds} s`,
        ...step,
      }),
    stepFailed: ({ failure, retry_in_seconds, causes, ...step }) =>
      log({
        level: 'warn',
        event: 'step_failed',
        message: `${step.pipeline}: ${step.step} failed, ${next(retry_in_seconds)}: ${failure.message}`,
        ...step,
        ...coded(failure),
        ...(causes.length > 0 && { causes }),
        will_retry: retry_in_seconds !== null,
        retry_in_seconds,
      }),
    stepDeferred: ({ failure, retry_in_seconds, causes: _known, stack: _none, ...step }) =>
      log({
        level: 'info',
        event: 'step_deferred',
        message: `${step.pipeline}: ${step.step} waits for another run, ${next(retry_in_seconds)}`,
        ...step,
        ...coded(failure),
        retry_in_seconds,
      }),
    batchLoaded: (batch) =>
      log({
        level: 'debug',
        event: 'batch_loaded',
        message: `${batch.pipeline}: rows ${batch.from} to ${batch.to} of ${batch.total} are in the sink`,
        ...batch,
      }),
    runEnded: ({ error, ...run }) =>
      log({
        level: run.status === 'failed' && !toldElsewhere() ? 'error' : notice(),
        event: 'run_ended',
        message: ending(run, error),
        ...run,
        ...(error && coded(error)),
      }),
    runLeftOpen: ({ failure, ...run }) =>
      log({
        level: failure === null ? 'info' : 'error',
        event: 'run_left_open',
        message: `${run.pipeline}: the run stays open and is taken up again${failure === null ? '' : `: ${failure.message}`}`,
        ...run,
        ...(failure && coded(failure)),
      }),
  };
}

function next(retryInSeconds: number | null): string {
  return retryInSeconds === null ? 'and is not tried again' : `tried again in ${retryInSeconds} s`;
}

function coded({ code, retryable, details }: Failure) {
  return { code, retryable, ...(details && { details }) };
}

function ending({ pipeline, branch, status, counts, seconds }: Omit<EndedRun, 'error'>, error: Failure | null): string {
  const name = `${pipeline}: ${branch ?? 'run'}`;
  if (status === 'nothing_new') return `${name} found nothing new in ${seconds} s`;
  if (status === 'succeeded') return `${name} succeeded in ${seconds} s, ${counts.published} rows published`;
  return `${name} ${status} after ${seconds} s${error ? `: ${error.message}` : ''}`;
}
