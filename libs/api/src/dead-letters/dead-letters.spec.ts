import type { Page, PublicDeadLetter } from '@weir/operations';
import { WeirError } from '@weir/pipeline';
import { apiUnderTest, type ApiUnderTest } from '../../test/api-under-test.js';

type DeadLetters = Page<PublicDeadLetter>;

describe('dead letters over HTTP', () => {
  let api: ApiUnderTest;
  let key: string;

  beforeEach(async () => {
    api = await apiUnderTest();
    key = (await api.operator.createKey('ops@example.org', ['pipelines'])).api_key;
  });
  afterEach(() => api.close());

  const get = (path: string) => api.http.get(path).set('x-key', key);
  const value = (day: number) =>
    JSON.stringify({ dataset: 'covid', region: 'XA-01', date: `2023-05-0${day}`, run_id: 'r1', revision: 7 });

  it('are none where nothing was refused', async () => {
    const { status, body } = await get('/dlq');
    expect(status).toBe(200);
    expect(body).toEqual({ data: [], next_cursor: null });
  });

  it('are shown with their row, what they hold, and why', async () => {
    api.operations.queue.refuse({ key: 'XA-01', value: value(1) }, 'Cannot parse "many" as Float64');
    const { body } = await get('/dlq');
    expect(body).toEqual({
      data: [
        {
          letter_id: '0-0',
          refused_at: expect.any(String),
          replayed_at: null,
          reason: 'Cannot parse "many" as Float64',
          error_class: null,
          origin: { topic: 'incidence.retry', partition: 0, offset: '0' },
          key: 'XA-01',
          row: { dataset: 'covid', region: 'XA-01', date: '2023-05-01', run_id: 'r1', revision: 7 },
          value: value(1),
          value_length: value(1).length,
        },
      ],
      next_cursor: null,
    });
  });

  it('show neither where the sink lives nor its secrets, and of a long value its beginning', async () => {
    api.operations.queue.refuse(
      { key: null, value: 'x'.repeat(100_000) },
      'at /opt/connect/plugins/sink.jar: http://weir:hunter2@clickhouse:8123/?password=hunter2 refused',
    );
    const { body, text } = await get('/dlq');
    expect(body.data[0]).toMatchObject({ key: null, row: null, value_length: 100_000 });
    expect(body.data[0].value).toBe('x'.repeat(4_000));
    expect(text).not.toMatch(/hunter2|\/opt/);
  });

  it('wait until somebody has replayed them, and come in pages', async () => {
    const ids = [1, 2, 3].map((day) => api.operations.queue.refuse({ key: null, value: value(day) }, 'no').id);
    await api.operations.replays.record([ids[1] ?? '']);
    const listed = async (query: object) => (await get('/dlq').query(query)).body as DeadLetters;
    const idsOf = ({ data }: DeadLetters) => data.map(({ letter_id }) => letter_id);
    expect(idsOf(await listed({}))).toEqual([ids[0], ids[2]]);
    expect(idsOf(await listed({ state: 'replayed' }))).toEqual([ids[1]]);
    const first = await listed({ state: 'all', limit: 2 });
    expect(idsOf(first)).toEqual(ids.slice(0, 2));
    expect(first.data[1]?.replayed_at).toEqual(expect.any(String));
    expect(idsOf(await listed({ state: 'all', limit: 2, cursor: first.next_cursor }))).toEqual(ids.slice(2));
  });

  it.each([
    ['state', 'old', 'waiting, replayed, all'],
    ['limit', '0', 'from 1 to 1000'],
    ['cursor', '', 'not empty'],
    ['dataset', 'covid', 'state'],
  ])('refuse %s=%j, saying what is allowed', async (field, given, allowed) => {
    const { status, body } = await get('/dlq').query({ [field]: given });
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'validation_failed', errors: [{ field }] });
    expect(body.detail).toContain(allowed);
  });

  it('refuse a cursor of another state', async () => {
    for (const day of [1, 2]) api.operations.queue.refuse({ key: null, value: value(day) }, 'no');
    const { next_cursor: cursor } = (await get('/dlq?limit=1')).body as { next_cursor: string };
    const { status, body } = await get('/dlq').query({ cursor, state: 'all' });
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'invalid_cursor', errors: [{ field: 'cursor' }] });
  });

  it('refuse a made-up cursor that no queue would take', async () => {
    const cursor = Buffer.from('{"l":"0-1234567890123456789","s":"waiting"}').toString('base64url');
    const { status, body } = await get('/dlq').query({ cursor });
    expect([status, body.code]).toEqual([400, 'invalid_cursor']);
  });

  it('are 503 while they cannot be reached, without a word about databases: they are in Kafka', async () => {
    api.operations.queue.page = async () => {
      throw new WeirError('dependency_unavailable', 'kafka:9092 does not answer', { retryable: true });
    };
    const { status, body } = await get('/dlq');
    expect([status, body.code]).toEqual([503, 'dependency_unavailable']);
    expect(`${body.title} ${body.detail}`).not.toMatch(/database|kafka:9092/i);
  });

  it('are for those who look after pipelines', async () => {
    const { status, body } = await api.http.get('/dlq').set('x-key', await api.register());
    expect(status).toBe(403);
    expect(body).toMatchObject({ code: 'missing_scope', detail: expect.stringContaining('pipelines') });
  });
});
