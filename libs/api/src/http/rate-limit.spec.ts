import { apiUnderTest, password } from '../../test/api-under-test.js';

describe('rate limits', () => {
  it('counts each key by itself and says what is left', async () => {
    const api = await apiUnderTest({ rateLimits: { key: 2 } });
    const [first, second] = [await api.register('a@example.org'), await api.register('b@example.org')];
    const get = (key: string) => api.http.get('/covid/regions').set('x-key', key);
    const fresh = await get(first);
    expect(fresh.headers).toMatchObject({ 'ratelimit-limit': '2', 'ratelimit-remaining': '1' });
    expect(Number(fresh.headers['ratelimit-reset'])).toBeLessThanOrEqual(60);
    await get(first).expect(200);
    const refused = await get(first);
    expect(refused.status).toBe(429);
    expect(refused.body.code).toBe('too_many_requests');
    expect(refused.headers['ratelimit-remaining']).toBe('0');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    await get(second).expect(200);
    await api.close();
  });

  it('counts logins of one account, however it is spelt, and leaves other accounts alone', async () => {
    const api = await apiUnderTest({ rateLimits: { account: 2, address: 100 } });
    const login = (email: string) => api.http.post('/users/key').send({ email, password });
    expect((await login('ada@example.org')).status).toBe(401);
    const last = await login('ADA@example.org');
    expect([last.status, last.headers['ratelimit-limit'], last.headers['ratelimit-remaining']]).toEqual([
      401,
      '2',
      '0',
    ]);
    expect((await login('Ada@Example.org')).status).toBe(429);
    expect((await login('bob@example.org')).status).toBe(401);
    await api.close();
  });

  it('counts registrations from one address, wrong ones too', async () => {
    const api = await apiUnderTest({ rateLimits: { address: 2 } });
    const register = (email: string) => api.http.post('/users').send({ email, password });
    await register('a@example.org').expect(201);
    await register('not an address').expect(400);
    await register('b@example.org').expect(429);
    await api.close();
  });

  it('does not let a caller choose an address, where no proxy is trusted', async () => {
    const api = await apiUnderTest({ rateLimits: { address: 1 } });
    const login = (address: string) =>
      api.http.post('/users/key').set('X-Forwarded-For', address).send({ email: 'ada@example.org', password });
    await login('10.0.0.1').expect(401);
    await login('10.0.0.2').expect(429);
    await api.close();
  });

  it('is off at 0', async () => {
    const api = await apiUnderTest();
    const key = await api.register();
    const answer = await api.http.get('/covid/regions').set('x-key', key);
    expect(answer.headers['ratelimit-limit']).toBeUndefined();
    await api.close();
  });
});
