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

  it.each(['null', '"text"', '[]', '[{"email":"ada@example.org"}]', '1', 'true'])(
    'asks for an object instead of %s',
    async (body) => {
      const answer = await post(body);
      expect([answer.status, answer.body.code, answer.body.detail]).toEqual([
        400,
        'validation_failed',
        'The body must be a JSON object.',
      ]);
    },
  );

  it('says which field is missing, and which is of another kind', async () => {
    const answer = await post('{"email":["ada@example.org"]}');
    expect(answer.body.errors).toEqual([
      { field: 'email', message: 'must be a text, given once and not empty' },
      { field: 'password', message: 'is missing' },
    ]);
  });

  it('takes the last of two fields of one name, as every reader of the body does', async () => {
    const answer = await post(`{"email":"first@example.org","email":"last@example.org","password":"${password}"}`);
    expect([answer.status, answer.body.email]).toEqual([201, 'last@example.org']);
  });

  it.each<[string, number, Buffer, { readonly [header: string]: string }]>([
    ['no UTF-8', 400, Buffer.from('{"email":"ada@example.org","password":"correct \xff horse"}', 'latin1'), {}],
    ['cut in the middle of a character', 400, Buffer.from('{"email":"я').subarray(0, -1), {}],
    ['UTF-16', 415, Buffer.from(credentials, 'utf16le'), { 'Content-Type': 'application/json; charset=utf-16le' }],
    ['of an encoding nobody knows', 415, Buffer.from(credentials), { 'Content-Encoding': 'zstd-2' }],
    ['called gzip and are not', 400, Buffer.from(credentials), { 'Content-Encoding': 'gzip' }],
  ])('refuses a body of bytes that are %s', async (_, status, body, headers) => {
    const answer = await fetch(`${await api.app.getUrl()}/users`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body,
    });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
  });

  it('takes a charset of UTF-8 that is spelt out, and a byte order mark', async () => {
    const spelt = await post(credentials.replace('ada@', 'spelt@'), 'application/json; charset=UTF-8');
    expect(spelt.status).toBe(201);
    expect((await post(`\ufeff${credentials.replace('ada@', 'marked@')}`)).status).toBe(201);
  });

  it('does not answer with more than it was asked', async () => {
    const many = JSON.stringify(Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`field_${n}`, n])));
    const flood = await post(many);
    expect(flood.status).toBe(400);
    expect(flood.body.errors).toHaveLength(20);
    expect(flood.body.detail).toMatch(/; and 49980 more\.$/);
    const long = await post(JSON.stringify({ ['x'.repeat(900_000)]: 1 }));
    expect(long.status).toBe(400);
    const nuls = await post(JSON.stringify({ email: Array(50_000).fill('\0') }));
    expect(nuls.status).toBe(400);
    for (const { text } of [flood, long, nuls]) expect(text.length).toBeLessThan(10_000);
  });

  it.each([
    ['e-mail', { email: `${'a'.repeat(900_000)}@example.org`, password }, 'email'],
    ['password', { email: 'ada@example.org', password: 'x'.repeat(900_000) }, 'password'],
  ])('refuses an %s of 900 KB at registration and at login', async (_, body, field) => {
    for (const path of ['/users', '/users/key']) {
      const answer = await api.http.post(path).send(body);
      expect([answer.status, answer.body.errors[0].field]).toEqual([400, field]);
      expect(answer.text.length).toBeLessThan(1_000);
    }
  });

  it('names some of very many parameters that it does not know, and none it reads is dropped', async () => {
    const query = Array.from({ length: 2_000 }, (_, n) => `a${n}`).join('&');
    const key = await api.register('many@example.org');
    const answer = await api.http.get(`/users/me?${query}&zz`).set('x-key', key);
    expect([answer.status, answer.body.errors.length]).toEqual([400, 20]);
    expect(answer.body.detail).toContain('and 1981 more');
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
    ['/users/%00', 400, 'bad_request'],
    ['/users/%ff', 400, 'bad_request'],
    ['/users/%ZZ', 400, 'bad_request'],
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
