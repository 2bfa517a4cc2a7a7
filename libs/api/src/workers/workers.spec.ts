import type { Worker } from '@weir/operations';
import { apiUnderTest, type ApiUnderTest } from '../../test/api-under-test.js';

describe('workers over HTTP', () => {
  let api: ApiUnderTest;
  let key: string;

  beforeAll(async () => {
    api = await apiUnderTest();
    key = (await api.operator.createKey('ops@example.org', ['pipelines'])).api_key;
  });
  afterAll(() => api.close());

  const get = (path: string) => api.http.get(path).set('x-key', key);

  it('are none where nobody executes runs', async () => {
    const { status, body } = await get('/workers');
    expect(status).toBe(200);
    expect(body).toEqual({ data: [], next_cursor: null });
  });

  it('are listed with what they do and have done', async () => {
    const since = '2024-01-01T00:00:00.000Z';
    const worker: Worker = {
      worker_id: 'gauge-4711',
      engine: 'inline',
      queue: 'inline',
      host: 'gauge',
      pid: 4711,
      started_at: since,
      last_seen: since,
      status: 'busy',
      running: [{ run_id: 'r1', pipeline: 'covid', step: 'transform', since }],
      finished: 4,
      failed: 1,
    };
    const other: Worker = {
      ...worker,
      worker_id: 'w-17',
      engine: 'temporal',
      queue: 'weir',
      status: 'idle',
      running: [],
    };
    api.operations.workers.push(worker, other);
    const { status, body } = await get('/workers');
    expect(status).toBe(200);
    expect(body).toEqual({ data: [worker, other], next_cursor: null });
  });

  it('take no parameter', async () => {
    const { status, body } = await get('/workers?queue=inline');
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'validation_failed', errors: [{ field: 'queue' }] });
  });
});
