import { randomUUID } from 'node:crypto';
import type { RunStatus } from '@weir/operations';
import { apiUnderTest, type ApiUnderTest } from '../../test/api-under-test.js';

const columns = { region: 'region', date: 'date', new_cases: 'cases' };
const history = { source: { type: 'csv', paths: 'history/*.csv', columns } };
const page = (url: string) => ({
  source: { type: 'html', url, table: { selector: 'table' }, columns: { ...columns, date: 'Day' } },
});

describe('pipelines over HTTP', () => {
  let api: ApiUnderTest;
  let key: string;

  beforeEach(async () => {
    api = await apiUnderTest();
    key = (await api.operator.createKey('ops@example.org', ['pipelines'])).api_key;
  });
  afterEach(() => api.close());

  const get = (path: string) => api.http.get(path).set('x-key', key);
  const define = (name: string, more: object = {}) =>
    api.operations.write(
      name,
      'pipeline.yaml',
      // JSON is YAML.
      JSON.stringify({ name, branches: { backfill: history }, sink: { type: 'incidence' }, ...more }, null, 2),
    );
  async function ran(pipeline: string, status: RunStatus): Promise<string> {
    const { runs } = api.operations;
    const run_id = randomUUID();
    await runs.create({ run_id, pipeline, branch: null, only: null, from_run: null }, pipeline);
    if (status === 'queued') return run_id;
    await runs.start(run_id);
    if (status === 'running') return run_id;
    const counts = { extracted: 0, rejected: 0, published: 0 };
    const error = status === 'failed' ? { code: 'source_not_found', message: 'There is no file /srv/x.csv.' } : null;
    await runs.end({ run_id, status, counts, warnings: [], error });
    return run_id;
  }

  describe('GET /pipelines', () => {
    it('is empty where there are none', async () => {
      const { status, body } = await get('/pipelines');
      expect(status).toBe(200);
      expect(body).toEqual({ data: [], next_cursor: null });
    });

    it('shows what each reads, where to, when, and how its last run ended', async () => {
      await define('covid', {
        description: 'Cases.',
        dataset: 'figures',
        schedule: { cron: '*/5 * * * *' },
        branches: { backfill: history, update: page('https://me:hunter2@example.org/page?token=t0ps3cret&week=4') },
      });
      for (const file of ['b.csv', 'a.csv']) await api.operations.write('covid', `history/${file}`, 'x\n');
      const failed = await ran('covid', 'failed');
      await ran('covid', 'running');
      const { status, body, text } = await get('/pipelines');
      expect(status).toBe(200);
      expect(body).toEqual({
        data: [
          {
            pipeline_id: 'covid',
            name: 'covid',
            description: 'Cases.',
            dataset: 'figures',
            source: 'backfill: csv, update: html',
            sink: 'incidence',
            schedule: { cron: '*/5 * * * *', timezone: 'UTC' },
            next_run: '2030-01-01T00:05:00.000Z',
            branches: [
              { branch: 'backfill', source: { type: 'csv', names: ['history/a.csv', 'history/b.csv'], count: 2 } },
              { branch: 'update', source: { type: 'html', names: ['https://example.org/page?week=4'], count: 1 } },
            ],
            status: 'ok',
            problems: [],
            last_run: expect.objectContaining({ run_id: failed, status: 'failed' }),
          },
        ],
        next_cursor: null,
      });
      expect(text).not.toMatch(/hunter2|t0ps3cret|srv/);
      expect(text).not.toContain(api.operations.home);
    });

    it('lists one whose files are gone, and one that runs only when told to', async () => {
      await define('covid');
      const { body } = await get('/pipelines');
      expect(body.data[0]).toMatchObject({
        status: 'ok',
        schedule: null,
        next_run: null,
        last_run: null,
        branches: [{ branch: 'backfill', source: { type: 'csv', names: [], count: null } }],
      });
    });

    it('shows twenty names of many, and how many there are', async () => {
      await define('covid');
      for (let file = 10; file < 35; file += 1) await api.operations.write('covid', `history/${file}.csv`, 'x\n');
      const { source } = (await get('/pipelines')).body.data[0].branches[0];
      expect(source.count).toBe(25);
      expect(source.names).toHaveLength(20);
    });

    it('keeps to itself in which folder files named by an absolute path are', async () => {
      const outside = `${api.operations.home}/elsewhere`;
      await define('covid', { branches: { backfill: { source: { ...history.source, paths: `${outside}/*.csv` } } } });
      await api.operations.write('../elsewhere', 'north.csv', 'x\n');
      const { body, text } = await get('/pipelines');
      expect(body.data[0].branches[0].source.names).toEqual(['north.csv']);
      expect(text).not.toContain(outside);
    });

    it('lists one whose file has mistakes with each of them, and not where the file is', async () => {
      await define('covid', { branches: { backfill: history, weekly: history }, sink: { type: 'nowhere' } });
      const { status, body, text } = await get('/pipelines');
      expect(status).toBe(200);
      expect(body.data).toEqual([
        expect.objectContaining({ pipeline_id: 'covid', status: 'invalid', dataset: null, branches: [], sink: '' }),
      ]);
      expect(body.data[0].problems).toHaveLength(2);
      for (const problem of body.data[0].problems) {
        expect(problem).toEqual({
          line: expect.any(Number),
          column: expect.any(Number),
          code: expect.any(String),
          message: expect.any(String),
          expected: expect.any(String),
          hint: problem.hint === null ? null : expect.any(String),
        });
      }
      expect(text).not.toContain(api.operations.home);
    });

    it('refuses a parameter', async () => {
      const { status, body } = await get('/pipelines?limit=1');
      expect(status).toBe(400);
      expect(body).toMatchObject({ code: 'validation_failed', errors: [{ field: 'limit' }] });
    });
  });

  describe('GET /pipelines/{id}/status', () => {
    it('shows what runs now, how the last run ended, and when one last went well', async () => {
      await define('covid', { schedule: { cron: '*/5 * * * *' } });
      api.operations.loaded.add('covid');
      const well = await ran('covid', 'nothing_new');
      const failed = await ran('covid', 'failed');
      const running = await ran('covid', 'running');
      const queued = await ran('covid', 'queued');
      await ran('other', 'succeeded');
      const { status, body, text } = await get('/pipelines/covid/status');
      expect(status).toBe(200);
      expect(body).toEqual({
        pipeline_id: 'covid',
        status: 'running',
        history: 'loaded',
        current_run: expect.objectContaining({ run_id: running, status: 'running' }),
        last_run: expect.objectContaining({ run_id: failed, status: 'failed' }),
        last_success: expect.objectContaining({ run_id: well, status: 'nothing_new' }),
        next_run: '2030-01-01T00:05:00.000Z',
        problems: [],
      });
      expect(text).not.toContain('/srv');
      const { runs } = api.operations;
      const end = { counts: body.last_run.counts, warnings: [], error: null };
      await runs.end({ run_id: running, status: 'succeeded', ...end });
      expect((await get('/pipelines/covid/status')).body).toMatchObject({
        status: 'queued',
        current_run: { run_id: queued },
        last_run: { run_id: running },
        last_success: { run_id: running },
      });
      await runs.end({ run_id: queued, status: 'cancelled', ...end });
      expect((await get('/pipelines/covid/status')).body).toMatchObject({
        status: 'idle',
        current_run: null,
        last_run: { run_id: queued },
        last_success: { run_id: running },
      });
    });

    it('tells whether the history is loaded, where there is one and it can be told', async () => {
      await define('covid');
      await define('unreachable');
      await define('news', { branches: { update: page('page.html') } });
      const historyOf = async (id: string) => (await get(`/pipelines/${id}/status`)).body.history as string;
      expect(await historyOf('covid')).toBe('missing');
      expect(await historyOf('unreachable')).toBe('unknown');
      expect(await historyOf('news')).toBe('none');
    });

    it('says that a pipeline whose file has mistakes is invalid, whatever still runs of it', async () => {
      await api.operations.write('covid', 'pipeline.yaml', 'name: [\n');
      const running = await ran('covid', 'running');
      const { status, body } = await get('/pipelines/covid/status');
      expect(status).toBe(200);
      expect(body).toMatchObject({ status: 'invalid', history: 'unknown', current_run: { run_id: running } });
      expect(body.problems[0]).toMatchObject({ line: expect.any(Number), message: expect.any(String) });
    });

    it.each(['civod', '..', '%20', 'Covid', 'x'.repeat(5000)])('answers 404 for %s', async (id) => {
      await define('covid');
      const { status, body } = await get(`/pipelines/${id.replaceAll('.', '%2e')}/status`);
      expect(status).toBe(404);
      expect(body).toMatchObject({ code: 'not_found' });
    });

    it('refuses an id with a NUL, and a parameter', async () => {
      const nul = await get('/pipelines/a%00b/status');
      expect(nul.status).toBe(400);
      expect(nul.body).toMatchObject({ code: 'bad_request', detail: expect.stringContaining('NUL') });
      expect((await get('/pipelines/covid/status?x=1')).status).toBe(400);
    });
  });
});
