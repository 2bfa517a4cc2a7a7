import { gzipSync } from 'node:zlib';
import { MemoryIncidenceRepository } from '@weir/adapter-memory';
import { apiUnderTest, password, type ApiUnderTest } from '../../test/api-under-test.js';

class Broken extends MemoryIncidenceRepository {
  override snapshot(): Promise<never> {
    return Promise.reject(new Error('Syntax error near SELECT secret FROM /var/lib/clickhouse'));
  }
}

describe('requests that cannot be answered', () => {
  let api: ApiUnderTest;
  beforeAll(async () => {
    api = await apiUnderTest({ incidence: new Broken() });
  });
  afterAll(() => api.close());

  const post = (body: string, type = 'application/json') =>
    api.http.post('/users').set('Content-Type', type).send(body);
  const credentials = JSON.stringify({ email: 'ada@example.org', password });

  it.each([
    ['malformed JSON', '{"email":', 400, 'malformed_json'],
    ['a text', '"text"', 400, 'malformed_json'],
    ['an array', '[]', 400, 'validation_failed'],
    ['more than 1 MB', JSON.stringify({ email: 'a'.repeat(1_000_001) }), 413, 'body_too_large'],
    ['nesting beyond all reason', `{"email":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 400, 'validation_failed'],
    ['half a surrogate pair', '{"email":"\\ud800@example.org","password":"12345678"}', 400, 'validation_failed'],
    ['a NUL in the name of a field', '{"a\\u0000b":1}', 400, 'validation_failed'],
  ])('answers a body of %s', async (_, body, status, code) => {
    const answer = await post(body);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.request_id).toBe(answer.headers['x-request-id']);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=latin1'])(
    'answers a body of %s with 415',
    async (type) => {
      const answer = await post(credentials, type);
      expect([answer.status, answer.body.code]).toEqual([415, 'unsupported_media_type']);
    },
  );

  it('counts the bytes of a compressed body when they are unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, ' '));
    expect(bomb.length).toBeLessThan(100_000);
    // Not through supertest, which would send the bytes as a JSON array of numbers.
    const answer = await fetch(`${await api.app.getUrl()}/users`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
      body: bomb,
    });
    expect([answer.status, await answer.json()]).toEqual([413, expect.objectContaining({ code: 'body_too_large' })]);
  });

  it.each(['role', '__proto__', 'constructor', 'toString'])('names the unknown field %s', async (field) => {
    const answer = await post(credentials.replace('{', `{${JSON.stringify(field)}:{"admin":true},`));
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual([{ field, message: expect.stringContaining('email, password') }]);
  });

  it('names every field that is missing', async () => {
    const answer = await api.http.post('/users');
    expect(answer.body.errors.map(({ field }: { field: string }) => field)).toEqual(['email', 'password']);
  });

  it('refuses unknown parameters where a body is expected', async () => {
    const answer = await api.http.post('/users?admin=true').send({ email: 'ada@example.org', password });
    expect([answer.status, answer.body.errors[0].field]).toEqual([400, 'admin']);
  });

  it.each([
    ['/nowhere', 404, 'not_found'],
    ['/users/%00', 404, 'not_found'],
    ['/users/%ff', 404, 'not_found'],
    ['/../etc/passwd', 404, 'not_found'],
  ])('answers the path %s', async (path, status, code) => {
    const answer = await api.http.get(path);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.text).not.toContain('passwd');
  });

  it('says which methods a path has', async () => {
    const answer = await api.http.delete('/users');
    expect([answer.status, answer.body.code, answer.headers['allow']]).toEqual([405, 'method_not_allowed', 'POST']);
    expect((await api.http.post('/covid/regions')).headers['allow']).toBe('GET, HEAD');
  });

  it('keeps the inside of a failure to the log, under the id that it answers', async () => {
    const key = await api.register('eve@example.org');
    const answer = await api.http.get('/covid/incidence').set('x-key', key).set('X-Request-Id', 'errand 7');
    expect(answer.status).toBe(500);
    expect(answer.body).toMatchObject({ code: 'internal_error', request_id: 'errand 7' });
    expect(answer.text).not.toMatch(/SELECT|clickhouse|\.ts|at /);
    const logged = api.log.find(({ event }) => event === 'internal_error');
    expect(logged).toMatchObject({ request_id: 'errand 7', error: expect.stringContaining('SELECT secret') });
  });

  it('keeps sane ids and replaces others', async () => {
    const kept = await api.http.get('/health/live').set('X-Request-Id', 'r-1').set('X-Correlation-Id', 'c-1');
    expect([kept.headers['x-request-id'], kept.headers['x-correlation-id']]).toEqual(['r-1', 'c-1']);
    const long = await api.http.get('/health/live').set('X-Correlation-Id', 'x'.repeat(129));
    expect(long.headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});
