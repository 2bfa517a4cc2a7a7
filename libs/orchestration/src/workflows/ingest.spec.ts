import { MemoryRunRepository } from '@weir/adapter-memory';
import { toFailure, WeirError } from '@weir/pipeline';
import { runInput, scripted, type Scripted } from '../../test/scripted-activities.js';
import type { Activities } from '../contract/activities.js';
import type { IngestInput } from '../contract/run.js';
import { ingest } from './ingest.js';

const EVERY_STEP = [
  'open_run',
  'check_history',
  'extract',
  'transform',
  'compare_with_stored',
  'load_data',
  'commit_run',
  'close_run',
] as const;

let runs: MemoryRunRepository;
beforeEach(() => {
  runs = new MemoryRunRepository();
});

async function execute(script: Scripted, input: IngestInput = runInput()) {
  await runs.create(input, 'covid');
  const result = await ingest(script.activities, input, toFailure);
  return { result, run: await runs.find(input.run_id), input };
}

const UNCHANGED = {
  plan_hash: 'plan',
  sources_hash: 'sources',
  changes_file: 'c',
  changes_sha256: 'h',
  changed: 0,
  withdrawn: 0,
};

describe('a backfill', () => {
  it('goes through every step, and ends with what was counted', async () => {
    const script = scripted(runs, 'backfill');
    const { result, run, input } = await execute(script);
    expect(script.steps()).toEqual(EVERY_STEP);
    expect(result).toEqual({ run_id: input.run_id, status: 'succeeded', error: null });
    expect(run).toMatchObject({
      status: 'succeeded',
      branch: 'backfill',
      counts: { extracted: 4, rejected: 1, published: 3 },
      warnings: [{ code: 'duplicate_rows', message: 'counted once', count: 1 }],
      error: null,
    });
  });

  it('tells each step its run and branch, and what the step before gave', async () => {
    const script = scripted(runs, 'backfill');
    const { input } = await execute(script);
    const step = { run_id: input.run_id, pipeline: 'covid', branch: 'backfill' };
    expect(script.inputOf('extract')).toEqual(step);
    expect(script.inputOf('transform')).toEqual({ ...step, from_run: null });
    expect(script.inputOf('compare_with_stored')).toEqual({ ...step, from_run: null });
    expect(script.inputOf('load_data')).toEqual({
      ...step,
      changes: {
        plan_hash: 'plan',
        sources_hash: 'sources',
        changes_file: 'changes.parquet',
        changes_sha256: 'a hash',
        changed: 2,
        withdrawn: 1,
      },
    });
    expect(script.inputOf('commit_run')).toMatchObject({
      ...step,
      revision: 7,
      published: 3,
      changes: { plan_hash: 'plan', sources_hash: 'sources' },
    });
  });

  it('commits even where nothing changed: the history is loaded, and that must be known', async () => {
    const script = scripted(runs, 'backfill', {
      compare_with_stored: async () => UNCHANGED,
      load_data: async () => ({ revision: 8, published: 0 }),
    });
    const { run } = await execute(script);
    expect(script.steps()).toEqual(EVERY_STEP);
    expect(run).toMatchObject({ status: 'succeeded', counts: { extracted: 4, rejected: 1, published: 0 } });
  });
});

describe('an update', () => {
  it('loads what the source shows new', async () => {
    const script = scripted(runs, 'update');
    const { run } = await execute(script);
    expect(script.steps()).toEqual(EVERY_STEP);
    expect(run).toMatchObject({ status: 'succeeded', branch: 'update', counts: { published: 3 } });
  });

  it('ends as nothing_new where no figure differs, and loads nothing', async () => {
    const script = scripted(runs, 'update', {
      compare_with_stored: async () => UNCHANGED,
    });
    const { result, run, input } = await execute(script);
    expect(script.steps()).toEqual([...EVERY_STEP.slice(0, 5), 'close_run']);
    expect(result).toEqual({ run_id: input.run_id, status: 'nothing_new', error: null });
    expect(run).toMatchObject({
      status: 'nothing_new',
      counts: { extracted: 4, rejected: 1, published: 0 },
      warnings: [{ code: 'duplicate_rows' }],
      error: null,
    });
  });
});

describe('one step alone', () => {
  it('extract: lands, and touches nothing else', async () => {
    const script = scripted(runs, 'backfill');
    const { run } = await execute(script, runInput({ only: 'extract' }));
    expect(script.steps()).toEqual(['open_run', 'check_history', 'extract', 'close_run']);
    expect(run).toMatchObject({ status: 'succeeded', counts: { extracted: 0, rejected: 0, published: 0 } });
  });

  it('transform: takes what an earlier run landed, and compares nothing', async () => {
    const script = scripted(runs, 'backfill');
    const { run } = await execute(script, runInput({ only: 'transform', from_run: 'an earlier run' }));
    expect(script.steps()).toEqual(['open_run', 'check_history', 'transform', 'close_run']);
    expect(script.inputOf('transform')).toMatchObject({ from_run: 'an earlier run' });
    expect(run).toMatchObject({ status: 'succeeded', counts: { extracted: 4, rejected: 1, published: 0 } });
  });

  it('load: takes what an earlier run transformed, and fetches nothing', async () => {
    const script = scripted(runs, 'backfill');
    const { run } = await execute(script, runInput({ only: 'load', from_run: 'an earlier run' }));
    expect(script.steps()).toEqual(EVERY_STEP.filter((step) => step !== 'extract' && step !== 'transform'));
    expect(script.inputOf('compare_with_stored')).toMatchObject({ from_run: 'an earlier run' });
    expect(run).toMatchObject({ status: 'succeeded', counts: { extracted: 0, rejected: 0, published: 3 } });
  });
});

describe('a failure', () => {
  const failing = (step: keyof Activities, error: Error) =>
    scripted(runs, 'backfill', {
      [step]: async () => {
        throw error;
      },
    });

  it.each(EVERY_STEP.slice(0, -1))('in %s ends the run there, as failed with its reason', async (step) => {
    const error = new WeirError('broken', `${step} is broken`, { details: { where: step } });
    const script = failing(step, error);
    const { result, run, input } = await execute(script);
    expect(script.steps()).toEqual([...EVERY_STEP.slice(0, EVERY_STEP.indexOf(step) + 1), 'close_run']);
    expect(result).toEqual({ run_id: input.run_id, status: 'failed', error: error.toFailure() });
    expect(run).toMatchObject({ status: 'failed', error: { code: 'broken', message: `${step} is broken` } });
  });

  it('keeps what was read, and counts nothing as published that was never committed', async () => {
    const { run } = await execute(failing('commit_run', new WeirError('rows_missing', 'not all arrived')));
    expect(run).toMatchObject({
      counts: { extracted: 4, rejected: 1, published: 0 },
      warnings: [{ code: 'duplicate_rows' }],
    });
  });

  it('takes its counts along where it has them', async () => {
    const counts = { extracted: 10, rejected: 9, published: 5 };
    const error = new WeirError('too_many_rejects', '9 of 10 rows', { details: { counts } });
    const { run } = await execute(failing('transform', error));
    expect(run).toMatchObject({ status: 'failed', counts: { extracted: 10, rejected: 9, published: 0 } });
  });

  it('to close the record leaves the run open, and does not call a committed run failed', async () => {
    const script = failing('close_run', new WeirError('dependency_unavailable', 'PostgreSQL is away'));
    const input = runInput();
    await runs.create(input, 'covid');
    await expect(ingest(script.activities, input, toFailure)).rejects.toMatchObject({ code: 'dependency_unavailable' });
    expect(script.steps()).toEqual(EVERY_STEP);
    expect(script.inputOf('close_run')).toMatchObject({ status: 'succeeded', error: null });
    expect(await runs.find(input.run_id)).toMatchObject({ status: 'running', finished_at: null });
  });

  it('that cannot be told leaves the run open: its engine is stopping', async () => {
    const script = failing('transform', new Error('stopping'));
    const input = runInput();
    await runs.create(input, 'covid');
    const rethrow = (error: unknown) => {
      throw error;
    };
    await expect(ingest(script.activities, input, rethrow)).rejects.toThrow('stopping');
    expect(script.steps()).not.toContain('close_run');
    expect(await runs.open()).toEqual([input]);
  });
});

describe('a run that is cancelled', () => {
  const cancelledAt = (step: keyof Activities, answers: Partial<Activities> = {}) =>
    scripted(runs, 'backfill', {
      [step]: async () => {
        throw new WeirError('cancelled', 'the run was cancelled');
      },
      ...answers,
    });

  it('ends as cancelled, which is no error, with nothing published', async () => {
    const script = cancelledAt('load_data');
    const { result, run, input } = await execute(script);
    expect(result).toEqual({ run_id: input.run_id, status: 'cancelled', error: null });
    expect(script.inputOf('close_run')).toMatchObject({ committing: false, status: 'cancelled' });
    expect(run).toMatchObject({ status: 'cancelled', error: null, counts: { extracted: 4, published: 0 } });
  });

  it('says that it may be committed where it was about to be, and ends as its record does', async () => {
    const script = cancelledAt('commit_run', { close_run: async () => ({ status: 'succeeded', error: null }) });
    const { result } = await execute(script);
    expect(script.inputOf('close_run')).toMatchObject({ committing: true, status: 'cancelled' });
    expect(result).toMatchObject({ status: 'succeeded' });
  });
});

it('warns of rows that the sink refused, and counts them out', async () => {
  const script = scripted(runs, 'backfill', { commit_run: async () => ({ refused: 2, reason: 'no such element' }) });
  const { run } = await execute(script);
  expect(run?.warnings).toEqual([
    { code: 'duplicate_rows', message: 'counted once', count: 1 },
    { code: 'dead_letters', message: expect.stringContaining('weir dlq list'), count: 2 },
  ]);
  expect(run).toMatchObject({ status: 'succeeded', counts: { published: 1 } });
});

describe('a pipeline without an update', () => {
  it('has nothing to do once its history is loaded', async () => {
    const script = scripted(runs, 'backfill', {
      check_history: async () => ({ branch: 'backfill', nothing_to_do: true, reason: 'the history is loaded' }),
    });
    const { run } = await execute(script);
    expect(script.steps()).toEqual(['open_run', 'check_history', 'close_run']);
    expect(run).toMatchObject({ status: 'nothing_new', error: null });
  });
});
