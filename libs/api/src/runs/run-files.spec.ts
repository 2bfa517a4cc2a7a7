import { apiUnderTest, type ApiUnderTest } from '../../test/api-under-test.js';

describe('what runs left, over HTTP', () => {
  let api: ApiUnderTest;
  let key: string;

  beforeEach(async () => {
    api = await apiUnderTest();
    key = (await api.operator.createKey('ops@example.org', ['pipelines'])).api_key;
  });
  afterEach(() => api.close());

  const get = (path: string) => api.http.get(path).set('x-key', key);
  const ended: ApiUnderTest['operations']['ended'] = (status, more) => api.operations.ended(status, more);
  const nothingRejected = { counts: { extracted: 4, rejected: 0, published: 4 } };

  describe('GET /runs/{id}/artefacts', () => {
    it('lists what a run left by kind, and what was landed with its source', async () => {
      const run_id = await ended('succeeded');
      const { raw } = api.operations;
      const body = (async function* () {
        yield Buffer.from('a,b\n');
      })();
      const landed = await raw.land('covid', run_id, { name: '/srv/data/north.csv', body, contentType: 'text/csv' });
      await raw.writeManifest({ run_id, pipeline: 'covid', branch: 'update', files: [landed] });
      const kinds = {
        'changes-0123456789abcdef.parquet': 'changes',
        'compare_with_stored.json': 'report',
        'manifest.json': 'manifest',
        'notes.txt': 'other',
        'plan.json': 'plan',
        'raw/001-north.csv': 'raw',
        'rejects.ndjson': 'rejects',
        'rows-0123456789abcdef.parquet': 'rows',
        'state.parquet': 'state',
        'transform.json': 'report',
      };
      for (const file of Object.keys(kinds)) {
        if (!file.startsWith('raw/') && file !== 'manifest.json')
          await api.operations.keep('covid', run_id, file, 'hunter2');
      }
      const answer = await get(`/runs/${run_id}/artefacts`);
      expect(answer.status).toBe(200);
      const { data, next_cursor } = answer.body as { data: { file: string; kind: string }[]; next_cursor: null };
      expect(Object.fromEntries(data.map(({ file, kind }) => [file, kind]))).toEqual(kinds);
      expect(next_cursor).toBeNull();
      expect(data.find(({ kind }) => kind === 'raw')).toEqual({
        ...landed,
        kind: 'raw',
        name: 'north.csv',
      });
      expect(data.find(({ kind }) => kind === 'plan')).toEqual({
        file: 'plan.json',
        kind: 'plan',
        bytes: 7,
        name: null,
        sha256: null,
        fetched_at: null,
        content_type: null,
      });
      expect(answer.text).not.toMatch(/hunter2|srv/);
    });

    it('is empty where a run has not begun, and where it found nothing new', async () => {
      for (const run_id of [await api.operations.created(), await ended('nothing_new')]) {
        const { status, body } = await get(`/runs/${run_id}/artefacts`);
        expect(status).toBe(200);
        expect(body).toEqual({ data: [], next_cursor: null });
      }
    });

    it('says so where the files of a run are gone', async () => {
      const run_id = await ended('succeeded');
      const { status, body } = await get(`/runs/${run_id}/artefacts`);
      expect(status).toBe(404);
      expect(body).toMatchObject({
        code: 'artefact_missing',
        detail: expect.stringContaining('its folder was removed'),
      });
    });
  });

  describe('GET /runs/{id}/rejects', () => {
    const reject = (row: number) => ({ file: 'north.csv', row, code: 'c', reason: `row ${row}`, record: { a: 'x' } });
    const lines = (rows: number) =>
      Array.from({ length: rows }, (_, row) => `${JSON.stringify(reject(row + 1))}\n`).join('');

    it('gives the rows with place and reason, page by page', async () => {
      const run_id = await ended('succeeded');
      await api.operations.keep('covid', run_id, 'rejects.ndjson', lines(5));
      const first = await get(`/runs/${run_id}/rejects?limit=3`);
      expect(first.status).toBe(200);
      expect(first.body.data).toEqual([1, 2, 3].map(reject));
      const second = await get(`/runs/${run_id}/rejects`).query({ cursor: first.body.next_cursor });
      expect(second.body).toEqual({ data: [4, 5].map(reject), next_cursor: null });
    });

    it('refuses a cursor of another run', async () => {
      const [one, other] = [await ended('succeeded'), await ended('succeeded')];
      for (const run_id of [one, other]) await api.operations.keep('covid', run_id, 'rejects.ndjson', lines(2));
      const { next_cursor: cursor } = (await get(`/runs/${one}/rejects?limit=1`)).body as { next_cursor: string };
      const without = await ended('succeeded', nothingRejected);
      for (const run_id of [other, without]) {
        const { status, body } = await get(`/runs/${run_id}/rejects`).query({ cursor });
        expect(status).toBe(400);
        expect(body).toMatchObject({ code: 'invalid_cursor', errors: [{ field: 'cursor' }] });
      }
    });

    it('is empty where a run rejected nothing', async () => {
      const run_id = await ended('succeeded', nothingRejected);
      const { status, body } = await get(`/runs/${run_id}/rejects`);
      expect(status).toBe(200);
      expect(body).toEqual({ data: [], next_cursor: null });
    });

    it('says so where it rejected some and the file is gone, or was never kept', async () => {
      const gone = await get(`/runs/${await ended('succeeded')}/rejects`);
      expect(gone.status).toBe(404);
      expect(gone.body).toMatchObject({ code: 'artefact_missing', detail: expect.stringContaining('removed') });
      const looked = await get(`/runs/${await ended('nothing_new')}/rejects`);
      expect(looked.status).toBe(404);
      expect(looked.body).toMatchObject({ code: 'artefact_missing', detail: expect.stringContaining('nothing new') });
    });

    it.each([
      ['limit', '0'],
      ['limit', '1001'],
      ['row', '1'],
    ])('refuses %s=%s', async (field, value) => {
      const { status, body } = await get(`/runs/${await ended('succeeded')}/rejects`).query({ [field]: value });
      expect(status).toBe(400);
      expect(body).toMatchObject({ code: 'validation_failed', errors: [{ field }] });
    });
  });
});
