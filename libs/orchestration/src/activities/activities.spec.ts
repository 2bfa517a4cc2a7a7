import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { WeirError } from '@weir/pipeline';
import { bothBranches, smallSystem, type SmallSystem } from '../../test/small-system.js';

/** Real: the activities over files, DuckDB and adapters in memory that pass the contracts of their ports. */
let system: SmallSystem;
// A run opens half a dozen DuckDBs: tenths of a second, or seconds where other suites want the same cores.
jest.setTimeout(30_000);
beforeEach(async () => {
  system = await smallSystem();
  await system.define();
  await system.write('history.csv', 'ALP,2023-05-01,10,1', 'ALP,2023-05-02,20,', 'BET,2023-05-01,5,0');
  await system.write('news.csv', 'ALP,2023-05-03,30,3');
});
afterEach(() => system.close());

const HISTORY = ['ALP 2023-05-01 10 1', 'ALP 2023-05-02 20 1 filled new_deaths', 'BET 2023-05-01 5 0'];
const artefacts = async (runId: string) => (await system.raw.list('covid', runId)).map(({ file }) => file);

/** What a comparison gave, for the steps after it. */
const CHANGES = {
  plan_hash: 'plan',
  sources_hash: 'sources',
  changes_file: 'changes.parquet',
  changes_sha256: 'hash',
  changed: 1,
  withdrawn: 0,
};

describe('the history', () => {
  it('is loaded by the first run, and found loaded by the next', async () => {
    const first = await system.run();
    expect(first).toMatchObject({
      branch: 'backfill',
      status: 'succeeded',
      counts: { extracted: 3, rejected: 0, published: 3 },
    });
    expect(await system.visible()).toEqual(HISTORY);
    expect(await system.run()).toMatchObject({ branch: 'update', status: 'succeeded' });
  });

  it('is loaded again where its plan changed, and its figures only where they differ', async () => {
    await system.run();
    await system.define({ transforms: [] });
    const again = await system.run();
    expect(again).toMatchObject({ branch: 'backfill', status: 'succeeded', counts: { extracted: 3, published: 1 } });
    expect(await system.visible()).toEqual([HISTORY[0], 'ALP 2023-05-02 20 null', HISTORY[2]]);
  });

  it('is loaded again where its sources have other names', async () => {
    await system.run();
    await system.write('older.csv', 'BET,2023-04-30,4,0');
    const source = { ...bothBranches.backfill.source, paths: ['history.csv', 'older.csv'] };
    await system.define({ branches: { ...bothBranches, backfill: { source } } });
    expect(await system.run()).toMatchObject({ branch: 'backfill', counts: { extracted: 4, published: 1 } });
  });

  it('is loaded again where its sources go back to what they were: the other ones withdrew rows', async () => {
    const reading = (file: string) => ({
      branches: { ...bothBranches, backfill: { source: { ...bothBranches.backfill.source, paths: [file] } } },
    });
    await system.define(reading('history.csv'));
    await system.run();
    await system.write('shorter.csv', 'ALP,2023-05-01,10,1');
    await system.define(reading('shorter.csv'));
    expect(await system.run()).toMatchObject({ branch: 'backfill', counts: { published: 2 } });
    expect(await system.visible()).toEqual([HISTORY[0]]);
    await system.define(reading('history.csv'));
    expect(await system.run()).toMatchObject({ branch: 'backfill', counts: { published: 2 } });
    expect(await system.visible()).toEqual(HISTORY);
  });

  it('is not loaded by a run that failed', async () => {
    await system.write('history.csv', 'ALP,2023-05-01,many,1');
    expect(await system.run()).toMatchObject({ branch: 'backfill', status: 'failed' });
    await system.write('history.csv', 'ALP,2023-05-01,10,1');
    expect(await system.run()).toMatchObject({ branch: 'backfill', status: 'succeeded' });
  });

  it('that is forced again withdraws what it no longer yields, but nothing that an update published', async () => {
    await system.run();
    await system.run();
    await system.write('history.csv', 'ALP,2023-05-01,10,1', 'ALP,2023-05-02,21,2');
    const again = await system.run({ branch: 'backfill' });
    expect(again).toMatchObject({ status: 'succeeded', counts: { extracted: 2, published: 2 } });
    expect(await system.visible()).toEqual(['ALP 2023-05-01 10 1', 'ALP 2023-05-02 21 2', 'ALP 2023-05-03 30 3']);
  });

  it('of a pipeline that has nothing else leaves nothing to do', async () => {
    await system.define({ branches: { backfill: bothBranches.backfill } });
    await system.run();
    expect(await system.run()).toMatchObject({ status: 'nothing_new', error: null });
    expect(await system.run({ branch: 'update' })).toMatchObject({ error: { code: 'unknown_branch' } });
  });
});

describe('an update', () => {
  beforeEach(async () => {
    await system.run();
  });

  it('publishes only what differs, and fills gaps from the days before', async () => {
    await system.write('news.csv', 'ALP,2023-05-02,20,1', 'ALP,2023-05-03,30,', 'BET,2023-05-03,,7');
    const update = await system.run();
    expect(update).toMatchObject({ branch: 'update', status: 'succeeded', counts: { extracted: 3, published: 3 } });
    expect(await system.visible()).toEqual([
      'ALP 2023-05-01 10 1',
      'ALP 2023-05-02 20 1',
      'ALP 2023-05-03 30 1 filled new_deaths',
      'BET 2023-05-01 5 0',
      'BET 2023-05-03 5 7 filled new_cases',
    ]);
  });

  it('that shows nothing new ends as nothing_new, and leaves no files', async () => {
    await system.run();
    const commits = await system.store.commits('covid');
    const idle = await system.run();
    expect(idle).toMatchObject({ status: 'nothing_new', counts: { extracted: 1, rejected: 0, published: 0 } });
    expect(await artefacts(idle.run_id)).toEqual([]);
    expect(await system.store.commits('covid')).toEqual(commits);
  });

  it.each<[string, string[], string]>([
    ['not one row', [], 'no_rows'],
    ['rows that cannot be read', ['ALP,2023-05-04,many,1', 'ALP,2023-05-05,1,1'], 'too_many_rejects'],
  ])('of %s fails with its reason, and changes nothing', async (_, lines, code) => {
    await system.write('news.csv', ...lines);
    const failed = await system.run();
    expect(failed).toMatchObject({ status: 'failed', error: { code }, counts: { extracted: lines.length } });
    expect(await system.visible()).toEqual(HISTORY);
  });

  it('names the rows that were left out where more were than the pipeline allows', async () => {
    await system.write('news.csv', 'ALP,2023-05-04,many,1', 'ALP,2023-05-05,1,1');
    const { run_id, counts, error } = await system.run();
    expect(counts).toEqual({ extracted: 2, rejected: 1, published: 0 });
    expect(error?.message).toMatch(/^1 of 2 rows were rejected, and max_rejected allows 0\. The first: news\.csv:2: /);
    const rejects = await readFile(await system.raw.path('covid', run_id, 'rejects.ndjson'), 'utf8');
    expect(JSON.parse(rejects.trim())).toMatchObject({ file: 'news.csv', row: 2, record: expect.any(Object) });
  });

  it('goes on without the rows that it may leave out', async () => {
    await system.define({ max_rejected: 1 });
    await system.run();
    await system.write('news.csv', 'ALP,2023-05-04,many,1', 'ALP,2023-05-05,1,1');
    expect(await system.run()).toMatchObject({
      status: 'succeeded',
      counts: { extracted: 2, rejected: 1, published: 1 },
    });
  });
});

describe('a run', () => {
  it('leaves its plan, what it landed, and what each step made', async () => {
    const { run_id } = await system.run();
    const files = await artefacts(run_id);
    for (const file of ['plan.json', 'raw/001-history.csv', 'rejects.ndjson', 'transform.json']) {
      expect(files).toContain(file);
    }
    expect(files.filter((file) => /^(rows|changes)-[0-9a-f]{16}\.parquet$/.test(file))).toHaveLength(2);
  });

  it('reports how far its steps are', async () => {
    const { run_id } = await system.run();
    const last = ['extract', 'transform', 'load_data'].map((step) => system.progress.findLast((p) => p.step === step));
    expect(last).toEqual([
      { run_id, pipeline: 'covid', step: 'extract', done: 1, total: 1, unit: 'files' },
      { run_id, pipeline: 'covid', step: 'transform', done: 3, total: null, unit: 'rows' },
      { run_id, pipeline: 'covid', step: 'load_data', done: 3, total: 3, unit: 'rows' },
    ]);
  });

  it('waits its turn while another writes the dataset', async () => {
    const other = await system.created({ pipeline: 'another' });
    await system.runs.claimDataset('covid', other.run_id);
    const input = await system.created();
    const waiting = system.engine.execute(input);
    // More tries than a failing step would get: this one waits.
    const attempts = async () => (await system.runs.tasks(input.run_id))[0]?.attempts ?? 0;
    while ((await attempts()) < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    await system.runs.releaseDatasetsOf(other.run_id);
    expect(await waiting).toMatchObject({ status: 'succeeded' });
  });

  it('of a pipeline that is gone fails, and says so', async () => {
    expect(await system.run({ pipeline: 'flu' })).toMatchObject({ error: { code: 'unknown_pipeline' } });
  });

  it('can be done step by step, each from what the one before left', async () => {
    const extracted = await system.run({ only: 'extract' });
    await system.write('history.csv', 'ALP,2023-05-01,99,9');
    const branch = 'backfill' as const;
    const transformed = await system.run({ only: 'transform', branch, from_run: extracted.run_id });
    expect(transformed).toMatchObject({ status: 'succeeded', counts: { extracted: 3, published: 0 } });
    expect(await system.visible()).toEqual([]);
    const loaded = await system.run({ only: 'load', branch, from_run: transformed.run_id });
    expect(loaded).toMatchObject({ status: 'succeeded', counts: { published: 3 } });
    expect(await system.visible()).toEqual(HISTORY);
    expect(await system.run({ only: 'load', branch, from_run: extracted.run_id })).toMatchObject({
      error: { code: 'artefact_missing' },
    });
  });
});

describe('a step that is repeated', () => {
  it('sees what the first attempt saw, though source, plan and stored figures have changed', async () => {
    const input = await system.created();
    const step = { run_id: input.run_id, pipeline: 'covid', branch: 'backfill' as const };
    const { activities } = system;
    await activities.open_run(input);
    expect(await activities.check_history(input)).toMatchObject({ branch: 'backfill' });
    const landed = await activities.extract(step);
    const transformed = await activities.transform({ ...step, from_run: null });
    const changes = await activities.compare_with_stored({ ...step, from_run: null });

    await system.write('history.csv', 'ALP,2023-05-01,99,9');
    await system.define({ transforms: [] });
    expect(await activities.check_history(input)).toMatchObject({ branch: 'backfill' });
    expect(await activities.extract(step)).toEqual(landed);
    expect(await activities.transform({ ...step, from_run: null })).toEqual(transformed);
    expect(await activities.compare_with_stored({ ...step, from_run: null })).toEqual(changes);

    const { revision, published } = await activities.load_data({ ...step, changes });
    expect(await activities.load_data({ ...step, changes })).toEqual({ revision, published });
    await activities.commit_run({ ...step, revision, published, changes });
    await activities.commit_run({ ...step, revision, published, changes });
    expect(await system.visible()).toEqual(HISTORY);
  });

  it('publishes from where it had got to, but from the start where its changes are others', async () => {
    const input = await system.created();
    const step = { run_id: input.run_id, pipeline: 'covid', branch: 'backfill' as const };
    await system.activities.extract(step);
    await system.activities.transform({ ...step, from_run: null });
    const changes = await system.activities.compare_with_stored({ ...step, from_run: null });
    await system.runs.beginTask(input.run_id, 'load_data');

    await system.runs.saveProgress(input.run_id, 'load_data', { changes_sha256: 'of others', published: 2 });
    await system.activities.load_data({ ...step, changes });
    const { changes_sha256 } = changes;
    expect(await system.runs.progress(input.run_id, 'load_data')).toEqual({ changes_sha256, published: 3 });
    await system.runs.saveProgress(input.run_id, 'load_data', { changes_sha256, published: 2 });
    await system.activities.load_data({ ...step, changes });
    expect(system.chunks.map(({ from, to }) => [from, to])).toEqual([
      [0, 3],
      [2, 3],
    ]);
  });

  it('tells of each batch that the sink has', async () => {
    const { run_id } = await system.run();
    const [{ revision } = { revision: 0 }] = await system.store.commits('covid');
    expect(system.batches).toEqual([
      { run_id, pipeline: 'covid', dataset: 'covid', revision, from: 0, to: 3, total: 3 },
    ]);
  });
});

describe('a commit', () => {
  const step = async () => ({
    run_id: (await system.created()).run_id,
    pipeline: 'covid',
    branch: 'backfill' as const,
  });

  it('is refused where more rows arrived than the run published', async () => {
    const { run_id } = await system.run();
    const [{ revision } = { revision: 0 }] = await system.store.commits('covid');
    const input = { run_id, pipeline: 'covid', branch: 'backfill' as const, revision, published: 2, changes: CHANGES };
    await expect(system.activities.commit_run(input)).rejects.toMatchObject({ code: 'unexpected_rows' });
  });

  it('waits for rows that are on their way, and stops waiting when the process stops', async () => {
    const stopping = new AbortController();
    const { activities } = system.start(stopping);
    stopping.abort();
    const input = { ...(await step()), revision: 1, published: 1, changes: CHANGES };
    await expect(activities.commit_run(input)).rejects.toMatchObject({ code: 'stopping', retryable: true });
    expect(await system.store.commits('covid')).toEqual([]);
  });

  it('goes without rows that the sink refused, says so, and counts them out', async () => {
    const input = { ...(await step()), revision: 1, published: 2, changes: CHANGES };
    system.refuse({ rows: 2, reason: 'no such element' });
    expect(await system.activities.commit_run(input)).toEqual({ refused: 2, reason: 'no such element' });
    expect(await system.store.commits('covid')).toMatchObject([{ revision: 1, rows: 0 }]);
  });

  it('waits for refused rows that were replayed, few as they are', async () => {
    const [stopping, commit] = [new AbortController(), jest.spyOn(system.store, 'commit')];
    const { activities } = system.start(stopping);
    const input = { ...(await step()), revision: 1, published: 1_100, changes: CHANGES };
    system.refuse({ rows: 1_100, reason: 'no such table' });
    system.replay(1_099);
    const arrived = jest.spyOn(system.store, 'countArrived').mockResolvedValue(1_098);
    const outcome = activities.commit_run(input);
    await wait(3_000);
    expect(commit).not.toHaveBeenCalled();
    arrived.mockResolvedValue(1_099);
    expect(await outcome).toEqual({ refused: 1, reason: 'no such table' });
    expect(commit).toHaveBeenCalledWith(expect.objectContaining({ rows: 1_099 }));
    arrived.mockRestore();
  });

  it('looks twice: a replay is written down a moment behind its publishing', async () => {
    const input = { ...(await step()), revision: 1, published: 2, changes: CHANGES };
    system.refuse({ rows: 2, reason: 'no such element' });
    const arrived = jest.spyOn(system.store, 'countArrived').mockResolvedValueOnce(0).mockResolvedValue(1);
    expect(await system.activities.commit_run(input)).toMatchObject({ refused: 1 });
    expect(await system.store.commits('covid')).toMatchObject([{ rows: 1 }]);
    arrived.mockRestore();
  });

  it('waits where the sink refuses more than single rows: it is broken, and they are not', async () => {
    const input = { ...(await step()), revision: 1, published: 1_100, changes: CHANGES };
    system.refuse({ rows: 1_100, reason: 'no such table' });
    await expect(system.activities.commit_run(input)).rejects.toMatchObject({
      code: 'sink_refused',
      retryable: true,
      message: expect.stringMatching(/1100 of 1100 rows, such as: no such table.*weir dlq replay/),
    });
    expect(await system.store.commits('covid')).toEqual([]);
  });
});

describe('the end of a run', () => {
  const closing = {
    pipeline: 'covid',
    branch: 'backfill' as const,
    committing: true,
    counts: { extracted: 3, rejected: 0, published: 0 },
    warnings: [],
  };

  it.each(['cancelled', 'failed'] as const)(
    'is a success where it was %s a moment after its commit',
    async (status) => {
      const { run_id } = await system.created();
      const input = { run_id, pipeline: 'covid', branch: 'backfill' as const };
      await system.activities.open_run({ ...input, branch: null, only: null, from_run: null });
      await system.store.commit({
        ...input,
        dataset: 'covid',
        revision: 1,
        plan_hash: 'p',
        sources_hash: 's',
        rows: 3,
      });
      const error = status === 'failed' ? { code: 'step_timeout', message: 'lost', retryable: false } : null;
      expect(await system.activities.close_run({ ...closing, run_id, status, error })).toEqual({
        status: 'succeeded',
        error: null,
      });
      expect(await system.runs.find(run_id)).toMatchObject({
        status: 'succeeded',
        error: null,
        counts: { published: 3 },
      });
    },
  );

  it('keeps the error that ended it where the commits cannot be read, and waits where they can be in a moment', async () => {
    const { run_id } = await system.created();
    const error = { code: 'query_failed', message: 'the first one', retryable: false };
    const commits = jest.spyOn(system.store, 'commits');
    const away = new WeirError('dependency_unavailable', 'ClickHouse is away', { retryable: true });
    commits.mockRejectedValueOnce(away);
    await expect(system.activities.close_run({ ...closing, run_id, status: 'failed', error })).rejects.toBe(away);
    commits.mockRejectedValueOnce(new WeirError('query_failed', 'ClickHouse refused a query: no such column'));
    expect(await system.activities.close_run({ ...closing, run_id, status: 'failed', error })).toEqual({
      status: 'failed',
      error,
    });
    expect(await system.runs.find(run_id)).toMatchObject({ status: 'failed', error: { message: 'the first one' } });
    commits.mockRestore();
  });

  it('is what it was said to be where nothing was committed', async () => {
    const { run_id } = await system.created();
    const ended = await system.activities.close_run({ ...closing, run_id, status: 'cancelled', error: null });
    expect(ended).toEqual({ status: 'cancelled', error: null });
    expect(await system.runs.find(run_id)).toMatchObject({ status: 'cancelled', counts: { published: 0 } });
  });
});
