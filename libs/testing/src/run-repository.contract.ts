import { randomUUID } from 'node:crypto';
import type { IngestInput, Run, RunFilter, RunPage, RunRepository } from '@weir/orchestration';

/** What every run repository does. `make` may give the same one each time: pipelines and datasets are fresh. */
export function runRepositoryContract(make: () => Promise<RunRepository> | RunRepository): void {
  let runs: RunRepository;
  let pipeline: string;
  let dataset: string;

  beforeEach(async () => {
    runs = await make();
    pipeline = `pipeline-${randomUUID()}`;
    dataset = `dataset-${randomUUID()}`;
  });

  const input = (more: Partial<IngestInput> = {}): IngestInput => ({
    run_id: randomUUID(),
    pipeline,
    branch: null,
    only: null,
    from_run: null,
    ...more,
  });
  const created = async (more: Partial<IngestInput> = {}) => (await runs.create(input(more), dataset)).run_id;
  const ending = (run_id: string, more: Partial<Run> = {}): Parameters<RunRepository['end']>[0] => ({
    run_id,
    status: 'succeeded',
    counts: { extracted: 3, rejected: 1, published: 2 },
    warnings: [],
    error: null,
    ...more,
  });
  const found = async (runId: string): Promise<Run> => {
    const run = await runs.find(runId);
    if (!run) throw new Error(`run ${runId} is not there`);
    return run;
  };

  describe('a run', () => {
    it('is queued when it is new, with nothing counted', async () => {
      const given = input();
      const expected: Run = {
        run_id: given.run_id,
        pipeline,
        branch: null,
        status: 'queued',
        started_at: null,
        finished_at: null,
        counts: { extracted: 0, rejected: 0, published: 0 },
        warnings: [],
        error: null,
      };
      expect(await runs.create(given, dataset)).toEqual(expected);
      expect(await runs.find(given.run_id)).toEqual(expected);
    });

    it('is recorded once, however often it is asked for, and stays as it is', async () => {
      const given = input({ branch: 'update', execution: `${pipeline}/key` });
      const all = await Promise.all(Array.from({ length: 5 }, () => runs.create(given, dataset)));
      expect(new Set(all.map(({ run_id }) => run_id))).toEqual(new Set([given.run_id]));
      await runs.start(given.run_id);
      await runs.setBranch(given.run_id, 'update');
      const underWay = await found(given.run_id);
      expect(await runs.create({ ...given, only: 'extract' }, dataset)).toEqual(underWay);
      expect(await runs.inputOf(given.run_id)).toEqual(given);
      expect(await runs.list({ pipeline, limit: 10 })).toEqual([underWay]);
    });

    it('remembers what it was started with, also when it has ended', async () => {
      const given = input({ only: 'load', from_run: randomUUID() });
      await runs.create(given, dataset);
      await runs.end(ending(given.run_id));
      expect(await runs.inputOf(given.run_id)).toEqual(given);
      for (const id of [randomUUID(), 'nonsense']) expect(await runs.inputOf(id)).toBeNull();
    });

    it('starts once: its time stays that of the first start', async () => {
      const id = await created();
      await runs.start(id);
      const { status, started_at } = await found(id);
      expect(status).toBe('running');
      expect(new Date(started_at ?? '').toISOString()).toBe(started_at);
      expect(Math.abs(Date.parse(started_at ?? '') - Date.now())).toBeLessThan(60_000);
      await runs.start(id);
      expect((await found(id)).started_at).toBe(started_at);
    });

    it('cannot be started when it has ended, nor when nobody knows it', async () => {
      const id = await created();
      await runs.end(ending(id));
      await expect(runs.start(id)).rejects.toMatchObject({ code: 'run_ended', retryable: false });
      await expect(runs.start(randomUUID())).rejects.toMatchObject({ code: 'run_ended' });
      expect((await found(id)).status).toBe('succeeded');
    });

    it('remembers the branch it decided for', async () => {
      const id = await created();
      expect(await runs.branchOf(id)).toBeNull();
      await runs.setBranch(id, 'update');
      expect(await runs.branchOf(id)).toBe('update');
      expect((await found(id)).branch).toBe('update');
    });

    it('ends with its counts, warnings and error', async () => {
      const id = await created();
      await runs.start(id);
      const end = ending(id, {
        status: 'failed',
        warnings: [{ code: 'duplicate_rows', message: 'counted once', count: 4 }],
        error: { code: 'no_rows', message: 'page \'x\' has no "rows"' },
      });
      await runs.end(end);
      const run = await found(id);
      expect(run).toMatchObject(end);
      expect(Object.keys(run.counts)).toEqual(['extracted', 'rejected', 'published']);
      expect(Date.parse(run.finished_at ?? '')).toBeGreaterThanOrEqual(Date.parse(run.started_at ?? ''));
    });

    it('keeps its first end when it is ended again', async () => {
      const id = await created();
      await runs.end(ending(id, { status: 'nothing_new' }));
      const first = await found(id);
      await runs.end(ending(id, { status: 'failed', error: { code: 'late', message: 'too late' } }));
      expect(await found(id)).toEqual(first);
      expect(first).toMatchObject({ status: 'nothing_new', error: null, started_at: expect.any(String) });
    });

    it('is null where the id is unknown, or no id at all', async () => {
      expect(await runs.find(randomUUID())).toBeNull();
      for (const id of ['nonsense', '', "' OR true --"]) {
        expect(await runs.find(id)).toBeNull();
        expect(await runs.findTask(id)).toBeNull();
        expect(await runs.tasks(id)).toEqual([]);
      }
    });
  });

  describe('lists', () => {
    it('give the newest runs first, of one pipeline, as many as asked for', async () => {
      const [first, second, third] = [await created(), await created(), await created()];
      const other = await created({ pipeline: `${pipeline}-other` });
      const ids = async (filter: Parameters<RunRepository['list']>[0]) =>
        (await runs.list(filter)).map(({ run_id }) => run_id);
      expect(await ids({ pipeline, limit: 10 })).toEqual([third, second, first]);
      expect(await ids({ pipeline, limit: 2 })).toEqual([third, second]);
      expect(await ids({ limit: 2 })).toEqual([other, third]);
      expect(await ids({ pipeline: 'unknown', limit: 10 })).toEqual([]);
    });

    it('filter by pipeline, branch and status, and by all of them together', async () => {
      const ran = async (branch: 'backfill' | 'update', status: Run['status'] | null, of = pipeline) => {
        const id = await created({ pipeline: of });
        await runs.setBranch(id, branch);
        if (status) await runs.end(ending(id, { status }));
        return id;
      };
      const backfill = await ran('backfill', 'succeeded');
      const failed = await ran('update', 'failed');
      const other = await ran('update', 'failed', `${pipeline}-other`);
      const cancelled = await ran('update', 'cancelled');
      const queued = await ran('update', null);
      const ids = async (filter: RunFilter) => (await runs.list({ ...filter, limit: 10 })).map(({ run_id }) => run_id);
      expect(await ids({ pipeline, branch: 'backfill' })).toEqual([backfill]);
      expect(await ids({ pipeline, branch: 'update' })).toEqual([queued, cancelled, failed]);
      expect(await ids({ pipeline, statuses: ['failed'] })).toEqual([failed]);
      expect(await ids({ pipeline, statuses: ['cancelled', 'queued'] })).toEqual([queued, cancelled]);
      expect(await ids({ pipeline, branch: 'backfill', statuses: ['failed'] })).toEqual([]);
      expect(await ids({ pipeline, statuses: [] })).toEqual([]);
      expect((await ids({ branch: 'update', statuses: ['failed'] })).slice(0, 2)).toEqual([other, failed]);
    });

    it('come in pages that show every run once, however many are added meanwhile', async () => {
      const ids: string[] = [];
      for (let run = 0; run < 5; run += 1) ids.unshift(await created());
      const seen: string[] = [];
      let before: number | null = null;
      let pages = 0;
      do {
        const page: RunPage = await runs.page({ pipeline }, before, 2);
        seen.push(...page.runs.map(({ run_id }) => run_id));
        before = page.next;
        pages += 1;
        await created();
      } while (before !== null);
      expect(seen).toEqual(ids);
      expect(pages).toBe(3);
    });

    it('have no next page where the last run is on this one', async () => {
      const [first, second] = [await created(), await created()];
      expect(await runs.page({ pipeline }, null, 2)).toMatchObject({
        runs: [{ run_id: second }, { run_id: first }],
        next: null,
      });
      expect(await runs.page({ pipeline: 'unknown' }, null, 2)).toEqual({ runs: [], next: null });
      expect(await runs.page({ pipeline }, 0, 2)).toEqual({ runs: [], next: null });
    });

    it('give what open runs were started with, oldest first', async () => {
      const started = input({ branch: 'update', only: 'load', from_run: randomUUID() });
      const queued = input();
      const ended = input();
      for (const each of [started, queued, ended]) await runs.create(each, dataset);
      await runs.start(started.run_id);
      await runs.end(ending(ended.run_id, { status: 'cancelled' }));
      expect((await runs.open()).filter((open) => open.pipeline === pipeline)).toEqual([started, queued]);
    });

    it('find the newest succeeded run that left an artefact', async () => {
      const ran = async (step: string, status: 'succeeded' | 'failed', end: Run['status'], of = pipeline) => {
        const id = await created({ pipeline: of });
        await runs.endTask(await runs.beginTask(id, step), { status, result: null, error: null });
        await runs.end(ending(id, { status: end }));
        return id;
      };
      expect(await runs.latestWith(pipeline, 'extract', null)).toBeNull();
      await ran('extract', 'succeeded', 'succeeded');
      const latest = await ran('extract', 'succeeded', 'succeeded');
      await ran('extract', 'succeeded', 'failed');
      await ran('extract', 'failed', 'succeeded');
      await ran('extract', 'succeeded', 'succeeded', `${pipeline}-other`);
      const transformed = await ran('transform', 'succeeded', 'succeeded');
      expect(await runs.latestWith(pipeline, 'extract', null)).toBe(latest);
      expect(await runs.latestWith(pipeline, 'transform', null)).toBe(transformed);
    });
  });

  describe('a dataset', () => {
    const busy = { code: 'dataset_busy', retryable: true };

    it('is written by one open run at a time, which may claim it again', async () => {
      const [first, second] = [await created(), await created()];
      await runs.claimDataset(dataset, first);
      await runs.claimDataset(dataset, first);
      await expect(runs.claimDataset(dataset, second)).rejects.toMatchObject(busy);
      await runs.claimDataset(`${dataset}-other`, second);
    });

    it('is free again when it is released, by its holder only', async () => {
      const [first, second] = [await created(), await created()];
      await runs.claimDataset(dataset, first);
      await runs.releaseDatasetsOf(second);
      await expect(runs.claimDataset(dataset, second)).rejects.toMatchObject(busy);
      await runs.releaseDatasetsOf(first);
      await runs.claimDataset(dataset, second);
      await expect(runs.claimDataset(dataset, first)).rejects.toMatchObject(busy);
    });

    it('is free again when its holder has ended without letting go', async () => {
      const [first, second] = [await created(), await created()];
      await runs.claimDataset(dataset, first);
      await runs.end(ending(first, { status: 'failed' }));
      await runs.claimDataset(dataset, second);
      await expect(runs.claimDataset(dataset, await created())).rejects.toMatchObject(busy);
    });

    it('goes to one of many that claim it at once', async () => {
      const ids = await Promise.all(Array.from({ length: 6 }, () => created()));
      const claims = await Promise.allSettled(ids.map((id) => runs.claimDataset(dataset, id)));
      expect(claims.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const claim of claims) if (claim.status === 'rejected') expect(claim.reason).toMatchObject(busy);
    });
  });

  describe('a revision', () => {
    it('rises from run to run of a dataset, and is the same for the retries of a run', async () => {
      const [first, second] = [await created(), await created()];
      const one = await runs.allotRevision(dataset, first, 0);
      const two = await runs.allotRevision(dataset, second, 0);
      expect(one).toBeGreaterThan(0);
      expect(two).toBeGreaterThan(one);
      expect(await runs.allotRevision(dataset, first, 0)).toBe(one);
      expect(await runs.allotRevision(dataset, first, two + 100)).toBe(one);
      expect(await runs.allotRevision(dataset, await created(), 0)).toBe(two + 1);
    });

    it('lies above the floor, which the store of the figures may have beyond what was allotted here', async () => {
      await runs.claimDataset(dataset, await created());
      expect(await runs.allotRevision(dataset, await created(), 41)).toBe(42);
      expect(await runs.allotRevision(dataset, await created(), 7)).toBe(43);
    });

    it('counts anew for each dataset', async () => {
      const one = await runs.allotRevision(dataset, await created(), 100);
      const elsewhere = await runs.create(input(), `${dataset}-other`);
      expect(await runs.allotRevision(`${dataset}-other`, elsewhere.run_id, 0)).toBeLessThan(one);
    });

    it('is another for each of many runs that ask at once, and one for many calls of a run', async () => {
      const ids = await Promise.all(Array.from({ length: 8 }, () => created()));
      const revisions = await Promise.all(ids.map((id) => runs.allotRevision(dataset, id, 0)));
      expect(new Set(revisions).size).toBe(8);
      const [id] = ids as [string];
      const again = await Promise.all(Array.from({ length: 4 }, () => runs.allotRevision(dataset, id, 0)));
      expect(new Set(again)).toEqual(new Set([revisions[0]]));
    });
  });

  describe('tasks', () => {
    it('count their attempts under one id', async () => {
      const id = await created();
      const first = await runs.beginTask(id, 'extract');
      expect(first.attempt).toBe(1);
      const failure = { code: 'source_timeout', message: 'slow', retryable: true, details: { seconds: 30 } };
      await runs.endTask(first, { status: 'failed', result: null, error: failure });
      expect(await runs.findTask(first.task_id)).toMatchObject({
        run_id: id,
        name: 'extract',
        status: 'failed',
        attempts: 1,
        error: failure,
        finished_at: expect.any(String),
      });
      const second = await runs.beginTask(id, 'extract');
      expect(second).toEqual({ task_id: first.task_id, attempt: 2 });
      const running = { status: 'running', attempts: 2, error: null, finished_at: null };
      expect(await runs.findTask(first.task_id)).toMatchObject(running);
      await runs.endTask(second, { status: 'succeeded', result: { files: 2 }, error: null });
      const succeeded = { status: 'succeeded', attempts: 2, result: { files: 2 }, error: null };
      expect(await runs.findTask(first.task_id)).toMatchObject(succeeded);
    });

    it('are none of a run that is not known', async () => {
      const unknown = randomUUID();
      await expect(runs.beginTask(unknown, 'extract')).rejects.toMatchObject({ code: 'run_unknown', retryable: false });
      expect(await runs.tasks(unknown)).toEqual([]);
    });

    it('hear nothing of an attempt that was given up when the next one began', async () => {
      const id = await created();
      const stale = await runs.beginTask(id, 'extract');
      const current = await runs.beginTask(id, 'extract');
      const late = { code: 'source_timeout', message: 'woke up late', retryable: true };
      await runs.endTask(stale, { status: 'failed', result: null, error: late });
      expect(await runs.findTask(stale.task_id)).toMatchObject({ status: 'running', attempts: 2, error: null });
      await runs.endTask(current, { status: 'succeeded', result: { files: 2 }, error: null });
      await runs.endTask(stale, { status: 'failed', result: null, error: late });
      expect(await runs.findTask(stale.task_id)).toMatchObject({ status: 'succeeded', result: { files: 2 } });
    });

    it('are listed in the order in which they began, of one run', async () => {
      const [id, other] = [await created(), await created()];
      for (const name of ['open_run', 'extract', 'transform']) await runs.beginTask(id, name);
      await runs.beginTask(other, 'extract');
      await runs.beginTask(id, 'open_run');
      expect((await runs.tasks(id)).map(({ name, attempts }) => [name, attempts])).toEqual([
        ['open_run', 2],
        ['extract', 1],
        ['transform', 1],
      ]);
    });

    it('are null where the id is unknown', async () => {
      expect(await runs.findTask(randomUUID())).toBeNull();
      expect(await runs.tasks(randomUUID())).toEqual([]);
    });

    it('remember how far a step has got, across its attempts, and of that step only', async () => {
      const [id, other] = [await created(), await created()];
      for (const each of [id, other]) await runs.beginTask(each, 'load_data');
      await runs.beginTask(id, 'extract');
      expect(await runs.progress(id, 'load_data')).toBeNull();
      const cursor = { changes_sha256: 'a hash', published: 122_880 };
      await runs.saveProgress(id, 'load_data', cursor);
      await runs.beginTask(id, 'load_data');
      expect(await runs.progress(id, 'load_data')).toEqual(cursor);
      expect(await runs.progress(id, 'extract')).toBeNull();
      expect(await runs.progress(other, 'load_data')).toBeNull();
    });
  });
}
