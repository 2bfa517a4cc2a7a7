import type { Run } from '@weir/operations';
import { WeirError } from '@weir/pipeline';
import { apiUnderTest, type ApiUnderTest } from '../../test/api-under-test.js';

describe('runs over HTTP', () => {
  let api: ApiUnderTest;
  let key: string;

  beforeEach(async () => {
    api = await apiUnderTest();
    key = (await api.operator.createKey('ops@example.org', ['pipelines'])).api_key;
  });
  afterEach(() => api.close());

  const get = (path: string) => api.http.get(path).set('x-key', key);
  const ids = (body: { data: Run[] }) => body.data.map(({ run_id }) => run_id);
  const created = (pipeline?: string, branch?: 'backfill' | 'update') => api.operations.created(pipeline, branch);
  const ended: ApiUnderTest['operations']['ended'] = (status, more) => api.operations.ended(status, more);

  describe('GET /runs', () => {
    it('shows a run as the contract has it', async () => {
      const run_id = await ended('succeeded');
      const { status, body } = await get('/runs');
      expect(status).toBe(200);
      expect(body).toEqual({
        data: [
          {
            run_id,
            pipeline: 'covid',
            branch: 'update',
            status: 'succeeded',
            started_at: expect.any(String),
            finished_at: expect.any(String),
            counts: { extracted: 4, rejected: 1, published: 3 },
            warnings: [],
            error: null,
          },
        ],
        next_cursor: null,
      });
    });

    it('filters by pipeline, branch and status, and knows runs of pipelines that are gone', async () => {
      const backfill = await created('covid', 'backfill');
      const gone = await created('gone');
      const failed = await ended('failed');
      expect(ids((await get('/runs?pipeline=gone')).body)).toEqual([gone]);
      expect(ids((await get('/runs?pipeline=never%20there')).body)).toEqual([]);
      expect(ids((await get('/runs?branch=backfill')).body)).toEqual([backfill]);
      expect(ids((await get('/runs?status=failed')).body)).toEqual([failed]);
      expect(ids((await get('/runs?status=queued&branch=update')).body)).toEqual([gone]);
    });

    it('pages through every run once, newest first, while new ones are added', async () => {
      const all: string[] = [];
      for (let run = 0; run < 5; run += 1) all.unshift(await created());
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const { body } = await get('/runs').query({ limit: 2, ...(cursor !== null && { cursor }) });
        seen.push(...ids(body));
        cursor = (body as { next_cursor: string | null }).next_cursor;
        await created();
      } while (cursor !== null);
      expect(seen).toEqual(all);
    });

    it('refuses a cursor of other filters, and what is none', async () => {
      await Promise.all([created(), created()]);
      const { next_cursor } = (await get('/runs?limit=1')).body as { next_cursor: string };
      expect((await get('/runs').query({ limit: 2, cursor: next_cursor })).status).toBe(200);
      const answers = await Promise.all([
        get('/runs').query({ cursor: next_cursor, pipeline: 'covid' }),
        get('/runs?cursor=nonsense'),
        get('/runs?cursor=e30'),
        get(`/runs?cursor=${Buffer.from('{"n":-1,"f":"x"}').toString('base64url')}`),
      ]);
      for (const { status, body } of answers) {
        expect(status).toBe(400);
        expect(body).toMatchObject({ code: 'invalid_cursor', errors: [{ field: 'cursor' }] });
      }
    });

    it.each([
      ['status', 'broken', 'queued, running, succeeded, failed, cancelled, nothing_new'],
      ['branch', 'main', 'backfill, update'],
      ['limit', '0', 'from 1 to 1000'],
      ['limit', '1001', 'from 1 to 1000'],
      ['limit', '-1', 'from 1 to 1000'],
      ['limit', '9223372036854775808', 'from 1 to 1000'],
      ['pipeline', '', 'not empty'],
      ['cursor', '', 'not empty'],
      ['pipeline', 'a\0b', 'NUL'],
      ['state', 'failed', 'pipeline'],
    ])('refuses %s=%j, saying what is allowed', async (field, value, allowed) => {
      const { status, body } = await get('/runs').query({ [field]: value });
      expect(status).toBe(400);
      expect(body).toMatchObject({ code: 'validation_failed', errors: [{ field }] });
      expect(body.detail).toContain(allowed);
    });
  });

  describe('GET /runs/{id}', () => {
    it('shows its steps with tries, seconds and rows', async () => {
      const run_id = await created();
      const { runs } = api.operations;
      const first = await runs.beginTask(run_id, 'load_data');
      const failure = { code: 'sink_failed', message: 'no', retryable: true };
      await runs.endTask(first, { status: 'failed', result: null, error: failure });
      const second = await runs.beginTask(run_id, 'load_data');
      const { task_id } = second;
      await runs.endTask(second, { status: 'succeeded', result: { revision: 7, published: 3 }, error: null });
      await runs.beginTask(run_id, 'commit_run');
      for (const id of [run_id, run_id.toUpperCase()]) {
        const { status, body } = await get(`/runs/${id}`);
        expect(status).toBe(200);
        expect(body).toMatchObject({ run_id, status: 'queued', revision: 7 });
        expect(body.tasks).toEqual([
          {
            task_id,
            name: 'load_data',
            status: 'succeeded',
            attempts: 2,
            started_at: expect.any(String),
            finished_at: expect.any(String),
            seconds: expect.any(Number),
            rows: 3,
            error: null,
          },
          expect.objectContaining({ name: 'commit_run', status: 'running', seconds: null, rows: null }),
        ]);
      }
    });

    it('shows neither SQL nor paths nor secrets of what failed, in the list and by itself', async () => {
      const secrets = /hunter2|t0ps3cret|SELECT|srv/;
      const messages: readonly [string, string][] = [
        ['source_not_found', 'There is no file /srv/data/history.csv.'],
        ['source_refused', 'https://me:hunter2@example.org/page?token=t0ps3cret answered 403.'],
        ['query_failed', 'ClickHouse refused a query: Unknown table in SELECT hunter2'],
        ['internal_error', "ENOENT: no such file or directory, open '/srv/x'"],
      ];
      for (const [code, message] of messages) {
        const run_id = await ended('failed', { error: { code, message } });
        const task = await api.operations.runs.beginTask(run_id, 'extract');
        const error = { code, message, retryable: false, details: { message } };
        await api.operations.runs.endTask(task, { status: 'failed', result: null, error });
        const { body, text } = await get(`/runs/${run_id}`);
        expect(body.error).toEqual({ code, message: expect.any(String) });
        expect(Object.keys(body.tasks[1].error)).toEqual(['code', 'message']);
        expect(text).not.toMatch(secrets);
      }
      await ended('succeeded', { warnings: [{ code: 'odd', message: 'rows of /srv/data/x.csv', count: 1 }] });
      expect((await get('/runs')).text).not.toMatch(secrets);
    });
  });

  describe.each(['', '/artefacts', '/rejects'])('GET /runs/{id}%s', (part) => {
    it.each(['6c3e6f0e-0000-4000-8000-000000000000', 'nonsense', '..', "' OR true --", 'x'.repeat(5000)])(
      'answers 404 for the id %s',
      async (id) => {
        const { status, body } = await get(`/runs/${encodeURIComponent(id).replaceAll('.', '%2e')}${part}`);
        expect(status).toBe(404);
        expect(body).toMatchObject({ code: 'not_found', status: 404 });
      },
    );

    it('refuses an id with a NUL, and parameters that it does not know', async () => {
      const nul = await get(`/runs/a%00b${part}`);
      expect(nul.status).toBe(400);
      expect(nul.body).toMatchObject({ code: 'bad_request', detail: expect.stringContaining('NUL') });
      const unknown = await get(`/runs/${await ended('succeeded')}${part}?verbose=1`);
      expect(unknown.status).toBe(400);
      expect(unknown.body).toMatchObject({ code: 'validation_failed', errors: [{ field: 'verbose' }] });
    });
  });

  it.each([
    '/runs',
    '/runs/x',
    '/runs/x/artefacts',
    '/runs/x/rejects',
    '/pipelines',
    '/pipelines/x/status',
    '/workers',
  ])('needs a key with the scope pipelines for %s, and is read-only', async (path) => {
    const without = await api.http.get(path);
    expect(without.status).toBe(401);
    expect(without.body).toMatchObject({ code: 'missing_api_key' });
    const data = await api.http.get(path).set('x-key', await api.register());
    expect(data.status).toBe(403);
    expect(data.body).toMatchObject({ code: 'missing_scope', detail: expect.stringContaining('pipelines') });
    const deleting = await api.http.delete(path).set('x-key', key);
    expect(deleting.status).toBe(405);
    expect(deleting.headers['allow']).toBe('GET, HEAD');
  });

  it('answers 503 while the runs cannot be reached', async () => {
    const failing = await apiUnderTest();
    failing.operations.runs.page = failing.operations.runs.find = async () => {
      throw new WeirError('dependency_unavailable', 'PostgreSQL cannot be reached', { retryable: true });
    };
    const { api_key } = await failing.operator.createKey('ops@example.org', ['pipelines']);
    await failing.operations.write('covid', 'pipeline.yaml', 'name: covid\n');
    for (const path of [
      '/runs',
      '/runs/x',
      '/runs/x/artefacts',
      '/runs/x/rejects',
      '/pipelines',
      '/pipelines/covid/status',
    ]) {
      const { status, body } = await failing.http.get(path).set('x-key', api_key);
      expect([path, status, body.code]).toEqual([path, 503, 'dependency_unavailable']);
    }
    await failing.close();
  });
});
