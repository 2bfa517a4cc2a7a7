import { MemoryRunRepository } from '@weir/adapter-memory';
import { WeirError } from '@weir/pipeline';
import { runInput, scripted, type Scripted } from '../../test/scripted-activities.js';
import { silentMonitor, type Monitor, type Scope } from '../contract/monitor.js';
import type { IngestInput } from '../contract/run.js';
import { InlineEngine } from '../inline/inline-engine.js';

/** What the inline engine tells of the runs it executes. */
interface Told {
  readonly event: keyof Monitor;
  readonly [field: string]: unknown;
}

let runs: MemoryRunRepository;
let stopping: AbortController;
let told: Told[];
beforeEach(() => {
  runs = new MemoryRunRepository();
  stopping = new AbortController();
  told = [];
});

const monitor = Object.fromEntries(
  Object.keys(silentMonitor).map((event) => [event, (about: object) => told.push({ event, ...about } as Told)]),
) as unknown as Monitor;

async function execute({ activities }: Scripted, more: Partial<IngestInput> = {}, maxRetries = 1) {
  const input = runInput(more);
  await runs.create(input, 'covid');
  const engine = new InlineEngine(activities, runs, { maxRetries, backoffBase: 0 }, stopping.signal, monitor);
  await engine.execute(input).catch(() => undefined);
  return { run_id: input.run_id, pipeline: 'covid' };
}

const seconds = expect.any(Number) as number;
const of = (event: keyof Monitor) => told.filter((each) => each.event === event);

it('tells when a run begins, each step with its counts, and how the run ended', async () => {
  const run = await execute(scripted(runs, 'update'));
  expect(told[0]).toEqual({ event: 'runStarted', ...run, branch: null, only: null });
  expect(of('stepEnded').map(({ step, attempt, counts }) => [step, attempt, counts])).toEqual([
    ['open_run', 1, {}],
    ['check_history', 1, {}],
    ['extract', 1, { files: 1, bytes: 100 }],
    ['transform', 1, { rows: 3, extracted: 4, rejected: 1 }],
    ['compare_with_stored', 1, { changed: 2, withdrawn: 1 }],
    ['load_data', 1, { revision: 7, published: 3 }],
    ['commit_run', 1, { refused: 0 }],
    ['close_run', 1, {}],
  ]);
  expect(told.at(-1)).toEqual({
    event: 'runEnded',
    ...run,
    branch: 'update',
    status: 'succeeded',
    counts: { extracted: 4, rejected: 1, published: 3 },
    seconds,
    error: null,
  });
  expect(told).toHaveLength(10);
});

it('tells of an attempt that failed, whether there is another, and what it came from', async () => {
  const failures = [
    new WeirError('source_timeout', 'slow', { retryable: true }),
    new WeirError('query_failed', 'refused', { cause: new Error('outer', { cause: new TypeError('inner') }) }),
  ];
  const run = await execute(
    scripted(runs, 'update', {
      async extract() {
        throw failures.shift() ?? new Error('too many');
      },
    }),
  );
  const step = { event: 'stepFailed', ...run, step: 'extract', seconds };
  expect(of('stepFailed')).toEqual([
    {
      ...step,
      attempt: 1,
      failure: { code: 'source_timeout', message: 'slow', retryable: true },
      retry_in_seconds: 1,
      causes: [],
      stack: null,
    },
    {
      ...step,
      attempt: 2,
      failure: { code: 'query_failed', message: 'refused', retryable: false },
      retry_in_seconds: null,
      causes: ['Error: outer', 'TypeError: inner'],
      stack: null,
    },
  ]);
  expect(told.at(-1)).toMatchObject({
    event: 'runEnded',
    branch: 'update',
    status: 'failed',
    counts: { extracted: 0, rejected: 0, published: 0 },
    error: { code: 'query_failed' },
  });
});

it('tells of a surprise with its stack', async () => {
  await execute(
    scripted(runs, 'update', {
      async open_run() {
        throw new TypeError('x is undefined');
      },
    }),
    {},
    0,
  );
  expect(of('stepFailed')).toMatchObject([
    { failure: { code: 'internal_error' }, stack: expect.stringMatching(/^TypeError: x is undefined\n +at /) },
  ]);
  expect(told.at(-1)).toMatchObject({ event: 'runEnded', branch: null, status: 'failed' });
});

it('tells of a wait for another run as that, and not as a failure', async () => {
  let busy = 1;
  await execute(
    scripted(runs, 'update', {
      async open_run({ run_id }) {
        busy -= 1;
        if (busy >= 0) throw new WeirError('dataset_busy', 'another run writes it', { retryable: true });
        await runs.start(run_id);
      },
    }),
    {},
    0,
  );
  expect(of('stepDeferred')).toMatchObject([{ step: 'open_run', attempt: 1, retry_in_seconds: 1 }]);
  expect(of('stepFailed')).toEqual([]);
  expect(told.at(-1)).toMatchObject({ event: 'runEnded', status: 'succeeded' });
});

it('tells that a run stays open: where the process stops, and where its record cannot be kept', async () => {
  const stopped = await execute(
    scripted(runs, 'update', {
      async extract() {
        stopping.abort();
        return { files: 1, bytes: 1 };
      },
    }),
  );
  expect(told.at(-1)).toEqual({ event: 'runLeftOpen', ...stopped, seconds, failure: null });

  stopping = new AbortController();
  class Forgetful extends MemoryRunRepository {
    override endTask(): Promise<void> {
      return Promise.reject(new WeirError('dependency_unavailable', 'PostgreSQL is down', { retryable: true }));
    }
  }
  runs = new Forgetful();
  const lost = await execute(scripted(runs, 'update'));
  expect(told.at(-1)).toEqual({
    event: 'runLeftOpen',
    ...lost,
    seconds,
    failure: { code: 'dependency_unavailable', message: 'PostgreSQL is down', retryable: true },
  });
});

it('executes a run and its steps within their ids, and what it takes up apart from who made it look', async () => {
  const held: object[] = [];
  const seen: { [step: string]: unknown } = {};
  const scope: Scope = {
    within(ids, work) {
      held.push(ids);
      return work();
    },
    apart(work) {
      seen['apart'] = true;
      return work();
    },
  };
  const script = scripted(runs, 'update', {
    async extract() {
      seen['extract'] = held.at(-1);
      return { files: 1, bytes: 1 };
    },
  });
  const settings = { maxRetries: 0, backoffBase: 0 };
  const engine = new InlineEngine(script.activities, runs, settings, stopping.signal, monitor, scope);
  const input = runInput();
  await runs.create(input, 'covid');
  await engine.resume();
  await engine.settled();
  const ids = { run_id: input.run_id, pipeline: 'covid' };
  expect(held[0]).toEqual(ids);
  expect(seen).toEqual({ apart: true, extract: { ...ids, step: 'extract', attempt: 1 } });
});
