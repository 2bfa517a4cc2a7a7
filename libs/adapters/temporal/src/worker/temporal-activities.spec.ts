import { ActivityCancellationDetails, ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { MemoryRunRepository } from '@weir/adapter-memory';
import { noScope, silentMonitor, StepRunner, type IngestInput, type RunEnded, type Steps } from '@weir/orchestration';
import { WeirError, type Plan } from '@weir/pipeline';
import { tellProgress, type Beat } from './heartbeats.js';
import { temporalActivities } from './temporal-activities.js';

/** Real: the recording of steps, and Temporal's own context of an activity. The steps are the spec's. */
let runs: MemoryRunRepository;
let ended: RunEnded[];
beforeEach(() => {
  runs = new MemoryRunRepository();
  ended = [];
});

const input: IngestInput = { run_id: 'run-1', pipeline: 'covid', branch: null, only: null, from_run: null };
const STEP = { run_id: 'run-1', pipeline: 'covid', branch: 'backfill' as const };

function activities(steps: Partial<Steps>, planOf: () => Promise<Plan> = async () => ({ dataset: 'covid' }) as Plan) {
  const settings = { maxRetries: 2, backoffBase: 2, outlastOutages: true };
  const runner = new StepRunner(steps as Steps, runs, settings, silentMonitor, noScope);
  const monitor = { ...silentMonitor, runEnded: (run: RunEnded) => void ended.push(run) };
  return temporalActivities({ runner, runs, planOf, monitor }) as {
    readonly [name: string]: (input: unknown) => Promise<unknown>;
  };
}

async function failureOf(error: WeirError, attempt = 1): Promise<ApplicationFailure> {
  await runs.create(input, 'covid');
  const { extract } = activities({
    extract: async () => {
      throw error;
    },
  });
  const failed: unknown = await new MockActivityEnvironment({ attempt })
    .run(extract!, STEP)
    .catch((caught: unknown) => caught);
  expect(failed).toBeInstanceOf(ApplicationFailure);
  return failed as ApplicationFailure;
}

describe('a step that fails', () => {
  const passing = new WeirError('source_timeout', 'slow', { retryable: true, details: { seconds: 3 } });

  it('tells Temporal its code, and everything that is known of it', async () => {
    const failure = await failureOf(new WeirError('no_rows', 'an empty page', { details: { file: 'a.csv' } }));
    expect(failure).toMatchObject({ type: 'no_rows', message: 'an empty page', nonRetryable: true });
    expect(failure.details).toEqual([
      { code: 'no_rows', message: 'an empty page', retryable: false, details: { file: 'a.csv' } },
    ]);
    expect(await runs.tasks('run-1')).toMatchObject([
      { name: 'extract', status: 'failed', error: { code: 'no_rows' } },
    ]);
  });

  it('is tried again in a while where its failure may pass, and so often as the settings say', async () => {
    expect(await failureOf(passing)).toMatchObject({ nonRetryable: false, nextRetryDelay: 1_000 });
    expect(await failureOf(passing, 2)).toMatchObject({ nonRetryable: false, nextRetryDelay: 2_000 });
    expect((await failureOf(passing, 3)).nonRetryable).toBe(true);
  });

  it('outlasts whatever is away', async () => {
    const away = new WeirError('dependency_unavailable', 'ClickHouse is away', { retryable: true });
    expect(await failureOf(away, 500)).toMatchObject({ nonRetryable: false, nextRetryDelay: 10_000 });
  });
});

describe('a step under way', () => {
  it('says how far it has got and where to go on, and begins where the attempt before it had got to', async () => {
    await runs.create(input, 'covid');
    const beats: Beat[] = [];
    let began: unknown;
    const { load_data } = activities({
      async load_data(_, { cursor, heartbeat }) {
        began = cursor;
        tellProgress({ run_id: 'run-1', pipeline: 'covid', step: 'load_data', done: 2, total: 9, unit: 'rows' });
        heartbeat({ published: 7 });
        return { revision: 1, published: 9 };
      },
    });
    const environment = new MockActivityEnvironment({ heartbeatDetails: { progress: null, cursor: { published: 5 } } });
    environment.on('heartbeat', (beat: Beat) => beats.push(beat));
    expect(await environment.run(load_data!, STEP)).toEqual({ revision: 1, published: 9 });
    expect(began).toEqual({ published: 5 });
    expect(beats[0]).toEqual({ progress: null, cursor: { published: 5 } });
    expect(beats.at(-1)).toEqual({
      progress: expect.objectContaining({ done: 2, total: 9 }),
      cursor: { published: 7 },
    });
  });

  it.each([
    ['its run is cancelled', { cancelRequested: true }, { name: 'CancelledFailure' }, 'cancelled'],
    ['its worker stops', { workerShutdown: true }, { type: 'stopping', nonRetryable: false }, 'stopping'],
    ['another has taken it', { notFound: true }, { type: 'stopping', nonRetryable: false }, 'stopping'],
  ])('ends where %s, whatever it fails of then', async (_, details, thrown, code) => {
    await runs.create(input, 'covid');
    const environment = new MockActivityEnvironment();
    let reached: () => void = () => undefined;
    const underWay = new Promise<void>((resolve) => (reached = resolve));
    const { transform } = activities({
      async transform(_input, { signal }) {
        const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve));
        reached();
        await aborted;
        throw new TypeError('interrupted');
      },
    });
    const outcome = environment.run(transform!, STEP).catch((error: unknown) => error);
    await underWay;
    environment.cancel(undefined, new ActivityCancellationDetails(details));
    expect(await outcome).toMatchObject(thrown);
    expect(await runs.tasks('run-1')).toMatchObject([{ status: 'failed', error: { code } }]);
  });
});

describe('a run that nobody recorded', () => {
  it('ends with its first step: PostgreSQL was restored from a copy that does not know it', async () => {
    const { extract } = activities({ extract: async () => ({ files: 1, bytes: 1 }) });
    const failed: unknown = await new MockActivityEnvironment().run(extract!, STEP).catch((caught: unknown) => caught);
    expect(failed).toMatchObject({ type: 'run_unknown', nonRetryable: true });
  });

  it('is recorded by its first step, once', async () => {
    const { record_run } = activities({});
    await new MockActivityEnvironment().run(record_run!, input);
    await new MockActivityEnvironment().run(record_run!, input);
    expect(await runs.list({ limit: 9 })).toMatchObject([{ run_id: 'run-1', status: 'queued' }]);
  });

  it('is recorded though its pipeline file has mistakes', async () => {
    const broken = async () => {
      throw new WeirError('invalid_definition', 'covid/pipeline.yaml:3: …');
    };
    await new MockActivityEnvironment().run(activities({}, broken).record_run!, input);
    expect(await runs.find('run-1')).toMatchObject({ pipeline: 'covid', status: 'queued' });
  });
});

it('tells how a run ended, by what its record says', async () => {
  await runs.create(input, 'covid');
  await runs.start('run-1');
  const { close_run } = activities({
    async close_run({ run_id, counts }) {
      await runs.end({ run_id, status: 'succeeded', counts, warnings: [], error: null });
      return { status: 'succeeded', error: null };
    },
  });
  const counts = { extracted: 3, rejected: 0, published: 3 };
  await new MockActivityEnvironment().run(close_run!, {
    ...STEP,
    committing: true,
    status: 'succeeded',
    counts,
    warnings: [],
    error: null,
  });
  expect(ended).toEqual([
    {
      run_id: 'run-1',
      pipeline: 'covid',
      branch: 'backfill',
      status: 'succeeded',
      counts,
      seconds: expect.any(Number),
      error: null,
    },
  ]);
});
