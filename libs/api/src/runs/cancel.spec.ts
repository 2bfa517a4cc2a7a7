import { randomUUID } from 'node:crypto';
import { apiUnderTest, type ApiUnderTest } from '../../test/api-under-test.js';

describe('POST /runs/{id}/cancel', () => {
  let api: ApiUnderTest;
  let key: string;

  beforeEach(async () => {
    api = await apiUnderTest();
    key = (await api.operator.createKey('ops@example.org', ['pipelines'])).api_key;
  });
  afterEach(() => api.close());

  const cancel = (id: string) => api.http.post(`/runs/${id}/cancel`).set('x-key', key);

  it('asks the engine, and answers with the run as it is now', async () => {
    const run_id = await api.operations.created();
    const { status, body } = await cancel(run_id.toUpperCase());
    expect(status).toBe(202);
    expect(body).toMatchObject({ run_id, pipeline: 'covid', status: 'queued', finished_at: null });
    expect(api.operations.cancelled).toEqual([{ run_id, pipeline: 'covid', branch: null, only: null, from_run: null }]);
  });

  it('may be said again while the run comes to a safe place', async () => {
    const run_id = await api.operations.created();
    expect((await cancel(run_id)).status).toBe(202);
    expect((await cancel(run_id)).status).toBe(202);
  });

  it.each(['succeeded', 'failed', 'nothing_new', 'cancelled'] as const)(
    'is refused for a run that has ended as %s',
    async (ended) => {
      const run_id = await api.operations.ended(ended);
      const { status, body } = await cancel(run_id);
      expect(status).toBe(409);
      expect(body).toMatchObject({ code: 'run_ended', detail: expect.stringContaining(ended) });
      expect(api.operations.cancelled).toEqual([]);
    },
  );

  it('knows no run of another id', async () => {
    for (const id of [randomUUID(), 'nonsense']) {
      const { status, body } = await cancel(id);
      expect(status).toBe(404);
      expect(body).toMatchObject({ code: 'not_found' });
    }
  });

  it('is for those who look after pipelines, and takes no parameter', async () => {
    const run_id = await api.operations.created();
    const without = await api.http.post(`/runs/${run_id}/cancel`).set('x-key', await api.register());
    expect(without.body).toMatchObject({ status: 403, code: 'missing_scope' });
    expect((await cancel(`${run_id}`).query({ force: 'yes' })).status).toBe(400);
    expect(api.operations.cancelled).toEqual([]);
  });
});
