import { ApplicationFailure, CancelledFailure, Context } from '@temporalio/activity';
import {
  FailedAttempt,
  type Activities,
  type IngestInput,
  type Monitor,
  type RunRepository,
  type StepRunner,
} from '@weir/orchestration';
import { toFailure, type Failure, type Plan } from '@weir/pipeline';
import { beating } from './heartbeats.js';

export interface ActivitySettings {
  readonly runner: StepRunner;
  readonly runs: RunRepository;
  readonly planOf: (run: { readonly pipeline: string; readonly run_id: string }) => Promise<Plan>;
  /** Is told how runs begin and end, by the worker that opened or closed them. */
  readonly monitor: Pick<Monitor, 'runStarted' | 'runEnded'>;
}

type Activity = (input: never) => Promise<unknown>;

/** The activities that a worker offers: the steps, recorded and with heartbeats, and `record_run`. */
export function temporalActivities(settings: ActivitySettings): { readonly [name: string]: Activity } {
  return {
    record_run: recordRun(settings),
    ...Object.fromEntries(settings.runner.names.map((step) => [step, stepOf(step, settings)])),
  };
}

/** A run of a pipeline whose file has mistakes is recorded, too: its first step says so. */
function recordRun({ runs, planOf }: ActivitySettings): Activity {
  return (input: IngestInput) =>
    beating(Context.current(), async () => {
      const dataset = await planOf(input).then(
        (plan) => plan.dataset,
        () => input.pipeline,
      );
      await runs.create(input, dataset);
    });
}

function stepOf(step: keyof Activities, { runner, runs, monitor }: ActivitySettings): Activity {
  return async (input: IngestInput) => {
    const context = Context.current();
    const { run_id, pipeline } = input;
    try {
      const result = await beating(context, (cursor, heartbeat) =>
        runner.attempt(
          { run_id, pipeline, step },
          input,
          context.info.attempt - 1,
          { signal: context.cancellationSignal, cursor, heartbeat },
          () => endedBy(context),
        ),
      );
      if (step === 'open_run') monitor.runStarted({ run_id, pipeline, branch: input.branch, only: input.only });
      if (step === 'close_run') await tellEnd(input as never, result as never);
      return result;
    } catch (error) {
      throw asTemporalHasIt(error);
    }
  };

  async function tellEnd(
    { run_id, pipeline, branch, counts }: Parameters<Activities['close_run']>[0],
    { status, error }: Awaited<ReturnType<Activities['close_run']>>,
  ): Promise<void> {
    const run = await runs.find(run_id).catch(() => null);
    const [from, to] = [run?.started_at ?? null, run?.finished_at ?? null];
    const seconds = from !== null && to !== null ? (Date.parse(to) - Date.parse(from)) / 1000 : 0;
    monitor.runEnded({ run_id, pipeline, branch, status, counts: run?.counts ?? counts, seconds, error });
  }
}

/** What ended an attempt from outside: its run was cancelled, its worker stops, or Temporal has given it to another. */
function endedBy(context: Context): Failure | null {
  if (!context.cancellationSignal.aborted) return null;
  if (context.cancellationDetails?.cancelRequested) {
    return { code: 'cancelled', message: 'the run was cancelled', retryable: false };
  }
  return { code: 'stopping', message: 'this attempt was given up; the step goes on elsewhere', retryable: true };
}

function asTemporalHasIt(error: unknown): Error {
  if (!(error instanceof FailedAttempt)) {
    // The record of the step could not be kept: PostgreSQL is away, and will be back. Or it does not know the run, because it
    // was restored from a copy that is older: nothing can be done for that run.
    const { code: type, message } = toFailure(error);
    return ApplicationFailure.create({ type, message, nonRetryable: type === 'run_unknown' });
  }
  const { failure, retryInMs } = error;
  if (failure.code === 'cancelled') return new CancelledFailure(failure.message);
  const { code, message } = failure;
  if (failure.code === 'stopping') {
    return ApplicationFailure.create({ type: code, message, nextRetryDelay: 1_000, details: [failure] });
  }
  return ApplicationFailure.create({
    type: code,
    message,
    details: [failure],
    nonRetryable: retryInMs === null,
    ...(retryInMs === null ? {} : { nextRetryDelay: retryInMs }),
  });
}
