import { readMetrics, sampleOf } from '@weir/testing';
import { apiUnderTest, type ApiUnderTest } from '../../test/api-under-test.js';

const read = async ({ http }: ApiUnderTest) => readMetrics((await http.get('/metrics').expect(200)).text);
const requests = 'weir_http_requests_total';

describe('GET /metrics', () => {
  let api: ApiUnderTest;
  let waitingFor: string | null = 'the first load';
  const up = { name: 'postgres', check: () => Promise.resolve() };
  const down = { name: 'clickhouse', check: () => Promise.reject(new Error('refused at 10.1.2.3')) };
  beforeAll(async () => {
    api = await apiUnderTest({
      health: [up, down],
      readiness: () => ({ ready: waitingFor === null, waitingFor }),
      rateLimits: { key: 3 },
    });
  });
  afterAll(() => api.close());

  it('needs no key, is not strict about parameters, and is Prometheus’ text format 0.0.4', async () => {
    const answer = await api.http.get('/metrics?anything=1');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(sampleOf(readMetrics(answer.text), 'weir_build_info', { version: '1.2.3' })).toBe(1);
    expect(answer.text).not.toContain('10.1.2.3');
  });

  it('looks at readiness and dependencies when it is asked', async () => {
    const waiting = await read(api);
    waitingFor = null;
    const ready = await read(api);
    expect([sampleOf(waiting, 'weir_ready'), sampleOf(ready, 'weir_ready')]).toEqual([0, 1]);
    expect(sampleOf(ready, 'weir_dependency_up', { dependency: 'postgres' })).toBe(1);
    expect(sampleOf(ready, 'weir_dependency_up', { dependency: 'clickhouse' })).toBe(0);
    expect(sampleOf(ready, 'weir_dependency_latency_seconds', { dependency: 'postgres' })).toBeLessThan(3);
  });

  it('counts requests by the template of their route, never by their path', async () => {
    const key = await api.register();
    await api.http.get('/runs/0b4f6c1e-6c1e-4f0e-9a53-0c8f6c1e0b4f').set('x-key', key).expect(403);
    await api.http.get('/nowhere/at-all').expect(404);
    await api.http.delete('/users').expect(405);
    await api.http.head('/health/live').expect(200);
    const families = await read(api);
    expect(sampleOf(families, requests, { method: 'POST', route: '/users', status: '201' })).toBe(1);
    expect(sampleOf(families, requests, { method: 'GET', route: '/runs/{run_id}', status: '403' })).toBe(1);
    expect(sampleOf(families, requests, { method: 'GET', route: '(none)', status: '404' })).toBe(1);
    expect(sampleOf(families, requests, { method: 'DELETE', route: '(none)', status: '405' })).toBe(1);
    expect(sampleOf(families, requests, { method: 'HEAD', route: '/health/live', status: '200' })).toBe(1);
    const routes = families.get(requests)?.samples.map(({ labels }) => labels['route']) ?? [];
    expect(routes.filter((route) => !/^(\(none\)|\/[a-z_./{}]*)$/.test(String(route)))).toEqual([]);
    // The one for the metrics themselves.
    expect(sampleOf(families, 'weir_http_requests_in_flight')).toBe(1);
  });

  it('counts the bytes that go out, and none where there is no body', async () => {
    const before = await read(api);
    const { text } = await api.http.get('/health/live');
    await api.http.head('/health/live');
    const after = await read(api);
    const bytes = (families: typeof before) =>
      sampleOf(families, 'weir_http_response_bytes_total', { route: '/health/live' }) ?? 0;
    expect(bytes(after) - bytes(before)).toBe(Buffer.byteLength(text));
    const plain = await api.http.get('/openapi.json').set('Accept-Encoding', 'identity');
    const sent = sampleOf(await read(api), 'weir_http_response_bytes_total', { route: '/openapi.json' });
    await api.http.get('/openapi.json').set('Accept-Encoding', 'gzip');
    const compressed = sampleOf(await read(api), 'weir_http_response_bytes_total', { route: '/openapi.json' });
    expect(sent).toBe(Buffer.byteLength(plain.text));
    expect((compressed ?? 0) - (sent ?? 0)).toBeLessThan((sent ?? 0) / 2);
    expect(compressed).toBeGreaterThan(sent ?? 0);
  });

  it('counts refusals by what was wrong with the key, and by the limit', async () => {
    const key = await api.register('eve@example.org');
    const before = await read(api);
    await api.http.get('/covid/regions').expect(401);
    await api.http.get('/covid/regions').set('x-key', 'nonsense').expect(401);
    await api.http.get('/workers').set('x-key', key).expect(403);
    await api.http.get('/covid/regions').set('x-key', key).expect(200);
    await api.http.get('/covid/regions').set('x-key', key).expect(200);
    await api.http.get('/covid/regions').set('x-key', key).expect(429);
    const after = await read(api);
    const more = (name: string, labels: { [label: string]: string }) =>
      (sampleOf(after, name, labels) ?? NaN) - (sampleOf(before, name, labels) ?? NaN);
    expect(more('weir_key_rejections_total', { code: 'missing_api_key' })).toBe(1);
    expect(more('weir_key_rejections_total', { code: 'invalid_api_key' })).toBe(1);
    expect(more('weir_key_rejections_total', { code: 'missing_scope' })).toBe(1);
    expect(more('weir_rate_limited_total', { limit: 'key' })).toBe(1);
    expect(more('weir_rate_limited_total', { limit: 'address' })).toBe(0);
  });

  it('shows what the cache of results holds and saved', async () => {
    const key = await api.register('bob@example.org');
    await api.http.get('/covid/incidence').set('x-key', key).expect(200);
    await api.http.get('/covid/incidence').set('x-key', key).expect(200);
    const families = await read(api);
    expect(sampleOf(families, 'weir_result_cache_hits_total')).toBeGreaterThanOrEqual(1);
    expect(sampleOf(families, 'weir_result_cache_misses_total')).toBeGreaterThanOrEqual(1);
    expect(sampleOf(families, 'weir_result_cache_bytes')).toBeGreaterThan(0);
  });

  it('stands in the OpenAPI document with an example that is in the format', async () => {
    const { body } = await api.http.get('/openapi.json');
    const { responses, security } = body.paths['/metrics'].get;
    expect(security ?? []).toEqual([]);
    expect(readMetrics(responses['200'].content['text/plain'].example).size).toBeGreaterThan(0);
  });
});

it('answers a scrape although a dependency hangs, and asks that one no second time meanwhile', async () => {
  let asked = 0;
  const hangs = {
    name: 'postgres',
    check: () => {
      asked += 1;
      return new Promise<void>(() => undefined);
    },
  };
  const api = await apiUnderTest({ health: [hangs] });
  const [first, second] = await Promise.all([read(api), read(api)]);
  for (const families of [first, second]) {
    expect(sampleOf(families, 'weir_dependency_up', { dependency: 'postgres' })).toBe(0);
  }
  expect(asked).toBe(1);
  await api.close();
}, 20_000);
