import { formatKey, generateKey, type OwnedApiKey } from '@weir/accounts';
import { MemoryAccounts, MemoryApiKeyRepository, MemoryUserRepository } from '@weir/adapter-memory';
import { WeirError } from '@weir/pipeline';
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

  it('says what is left with every answer that was counted, errors too', async () => {
    const api = await apiUnderTest({ rateLimits: { key: 10, address: 10, account: 5 } });
    const left = ({ headers }: { headers: Record<string, string> }) => [
      headers['ratelimit-limit'],
      headers['ratelimit-remaining'],
    ];
    expect(left(await api.http.post('/users').send({ email: 'ada@example.org', password }))).toEqual(['5', '4']);
    expect(left(await api.http.post('/users').send({ email: 'ada@example.org', password }))).toEqual(['5', '3']);
    expect(left(await api.http.post('/users/key').send({ email: 'ada@example.org', password: 'wrong' }))).toEqual([
      '5',
      '2',
    ]);
    expect(left(await api.http.post('/users').send({ email: 'ada@example.org', password: 'short' }))).toEqual([
      '5',
      '1',
    ]);
    const { api_key } = await api.operator.createKey('op@example.org', ['pipelines']);
    const lacking = await api.http.get('/covid/regions').set('x-key', api_key);
    expect([lacking.status, ...left(lacking)]).toEqual([403, '10', '9']);
    const wrong = await api.http.get('/users/me?x=1').set('x-key', api_key);
    expect([wrong.status, ...left(wrong)]).toEqual([400, '10', '8']);
    const missing = await api.http.get('/users/me');
    expect([missing.status, ...left(missing)]).toEqual([401, '10', '9']);
    await api.close();
  });

  it('counts what a key is refused for lack of a scope', async () => {
    const api = await apiUnderTest({ rateLimits: { key: 2 } });
    const { api_key } = await api.operator.createKey('op@example.org', ['pipelines']);
    const statuses = [];
    for (let n = 0; n < 3; n += 1) statuses.push((await api.http.get('/covid/regions').set('x-key', api_key)).status);
    expect(statuses).toEqual([403, 403, 429]);
    await api.close();
  });

  it.each([
    [
      'IPv6, by the network that one caller has',
      '2001:db8:1:2::1',
      '2001:db8:1:2:aaaa:bbbb:cccc:dddd',
      '2001:db8:1:3::1',
    ],
    ['IPv4, however it is written', '192.0.2.1', '::ffff:192.0.2.1', '192.0.2.2'],
  ])('tells addresses apart behind a trusted proxy: %s', async (_, first, same, other) => {
    const api = await apiUnderTest({
      rateLimits: { address: 1 },
      settings: { trustProxyHops: 1, rateLimits: { key: 0, address: 1, account: 0 }, bcryptCost: 4, version: '1.2.3' },
    });
    const login = (address: string) =>
      api.http.post('/users/key').set('X-Forwarded-For', address).send({ email: 'ada@example.org', password });
    await login(first).expect(401);
    await login(same).expect(429);
    // What stands before the last hop was written by the caller.
    await login(`${other}, ${first}`).expect(429);
    await login(`${first}, ${other}`).expect(401);
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

describe('requests without a valid key', () => {
  class Counted extends MemoryApiKeyRepository {
    lookUps = 0;
    down = false;
    override find(id: string): Promise<OwnedApiKey | null> {
      this.lookUps += 1;
      if (this.down) throw new WeirError('dependency_unavailable', 'down', { retryable: true });
      return super.find(id);
    }
  }

  async function limitedTo(key: number) {
    const accounts = new MemoryAccounts();
    const keys = new Counted(accounts);
    const api = await apiUnderTest({ users: new MemoryUserRepository(accounts), keys, rateLimits: { key } });
    const me = (value?: string) =>
      value === undefined ? api.http.get('/users/me') : api.http.get('/users/me').set('x-key', value);
    return { api, keys, me };
  }

  const guess = () => formatKey(generateKey());

  it('are counted by address, and beyond the limit no guess reaches the database', async () => {
    const { api, keys, me } = await limitedTo(4);
    await me().expect(401);
    await me('nonsense').expect(401);
    await me(guess()).expect(401);
    const last = await me(guess());
    expect([last.status, last.headers['ratelimit-limit'], last.headers['ratelimit-remaining']]).toEqual([
      401,
      '4',
      '0',
    ]);
    const refused = await me(guess());
    expect([refused.status, refused.body.code]).toEqual([429, 'too_many_requests']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    await me().expect(429);
    expect(keys.lookUps).toBe(2);
    await api.close();
  });

  it('are not let through by coming all at once', async () => {
    const { api, keys, me } = await limitedTo(5);
    const answers = await Promise.all(Array.from({ length: 30 }, () => me(guess())));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(5).fill(401), ...Array(25).fill(429)]);
    expect(keys.lookUps).toBe(5);
    await api.close();
  });

  it('do not lock out who has a valid key and the same address', async () => {
    const { api, me } = await limitedTo(3);
    const key = await api.register();
    await me(key).expect(200);
    for (let n = 0; n < 5; n += 1) await me(guess());
    await me(guess()).expect(429);
    const answer = await me(key);
    expect([answer.status, answer.headers['ratelimit-remaining']]).toEqual([200, '1']);
    await api.close();
  });

  it('do not count what was a valid key after all, nor what could not be looked up', async () => {
    const { api, keys, me } = await limitedTo(2);
    const valid = [
      await api.register('a@example.org'),
      await api.register('b@example.org'),
      await api.register('c@example.org'),
    ];
    for (const key of valid) await me(key).expect(200);
    keys.down = true;
    for (let n = 0; n < 4; n += 1) {
      const answer = await me(guess());
      expect([answer.status, answer.headers['ratelimit-limit']]).toEqual([503, undefined]);
    }
    keys.down = false;
    await me(guess()).expect(401);
    await api.close();
  });

  it('count where the id is known and the secret is not', async () => {
    const { api, me } = await limitedTo(2);
    const key = await api.register();
    await me(key).expect(200);
    const forged = () => formatKey({ ...generateKey(), id: key.split('_')[1] ?? '' });
    await me(forged()).expect(401);
    await me(forged()).expect(401);
    await me(forged()).expect(429);
    await me(key).expect(200);
    await api.close();
  });
});
