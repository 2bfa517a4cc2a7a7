import { AccountsService, type OwnedApiKey } from '@weir/accounts';
import { WeirError } from '@weir/pipeline';
import { MemoryAccounts, MemoryApiKeyRepository, MemoryUserRepository } from '@weir/adapter-memory';
import { apiUnderTest, password, type ApiUnderTest } from '../../test/api-under-test.js';

describe('users over HTTP', () => {
  let api: ApiUnderTest;
  beforeEach(async () => {
    api = await apiUnderTest();
  });
  afterEach(() => api.close());

  it('registers a user and shows a key that works at once, never to be stored on the way', async () => {
    const answer = await api.http.post('/users').send({ email: 'Ada@Example.org', password });
    expect(answer.status).toBe(201);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      email: 'Ada@Example.org',
      api_key: expect.stringMatching(/^weir_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}_[0-9a-f]{8}$/),
    });
    const { id, api_key } = answer.body as { id: string; api_key: string };
    const me = await api.http.get('/users/me').set('x-key', api_key);
    expect(me.status).toBe(200);
    expect(me.body).toEqual({
      id,
      email: 'Ada@Example.org',
      scopes: ['data'],
      key: {
        id: api_key.split('_')[1],
        created_at: expect.stringMatching(/Z$/),
        last_used_at: expect.stringMatching(/Z$/),
      },
    });
  });

  it('refuses an e-mail that is taken, in any letter case', async () => {
    await api.register('ada@example.org');
    const answer = await api.http.post('/users').send({ email: 'ADA@example.org', password });
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ code: 'email_taken', status: 409, errors: [{ field: 'email' }] });
  });

  it('reissues a key: the old one stops at once, although it was just used', async () => {
    const old = await api.register();
    await api.http.get('/users/me').set('x-key', old).expect(200);
    const answer = await api.http.post('/users/key').send({ email: 'ADA@EXAMPLE.ORG', password });
    expect(answer.status).toBe(200);
    const refused = await api.http.get('/users/me').set('x-key', old);
    expect(refused.status).toBe(401);
    expect(refused.body).toMatchObject({ code: 'invalid_api_key' });
    const { api_key } = answer.body as { api_key: string };
    await api.http.get('/users/me').set('x-key', api_key).expect(200);
  });

  it('answers an unknown user, a wrong password and a user without password with the same words', async () => {
    await api.register();
    await api.operator.createKey('operator@example.org', ['data']);
    const attempts = [
      { email: 'nobody@example.org', password },
      { email: 'ada@example.org', password: 'wrong' },
      { email: 'operator@example.org', password },
    ];
    for (const attempt of attempts) {
      const answer = await api.http.post('/users/key').set('X-Request-Id', 'same').send(attempt);
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toBeDefined();
      expect(answer.body).toEqual({
        type: 'urn:weir:problem:invalid_credentials',
        title: 'E-mail or password is wrong',
        status: 401,
        detail: 'No user has this e-mail and password.',
        code: 'invalid_credentials',
        request_id: 'same',
      });
    }
  });

  it.each([
    ['7 characters', 'seven77'],
    ['73 bytes', 'a'.repeat(73)],
    ['37 letters of 2 bytes', 'я'.repeat(37)],
    ['a NUL', 'before\0after'],
    ['no text', 12345678],
    ['nothing', undefined],
  ])('refuses a new password of %s, naming the field', async (_, bad) => {
    const answer = await api.http.post('/users').send({ email: 'ada@example.org', password: bad });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'validation_failed', errors: [{ field: 'password' }] });
  });

  it.each([
    ['73 bytes', `${'a'.repeat(72)}b`],
    ['a NUL', 'correct horse\0'],
  ])('refuses a password of %s at login too', async (_, bad) => {
    await api.http.post('/users').send({ email: 'ada@example.org', password: 'a'.repeat(72) });
    const answer = await api.http.post('/users/key').send({ email: 'ada@example.org', password: bad });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ field: 'password' }] });
  });

  it.each([
    'ada',
    'ada@',
    '@example.org',
    'ada@example',
    'a da@example.org',
    'ada@example.org\n',
    `${'a'.repeat(250)}@b.cc`,
  ])('refuses %j as an e-mail', async (email) => {
    const answer = await api.http.post('/users').send({ email, password });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'validation_failed', errors: [{ field: 'email' }] });
  });

  it('asks for a key, and refuses one with a typo', async () => {
    const key = await api.register();
    const missing = await api.http.get('/users/me');
    expect([missing.status, missing.body.code]).toEqual([401, 'missing_api_key']);
    const typo = `${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`;
    const refused = await api.http.get('/users/me').set('x-key', typo);
    expect([refused.status, refused.body.code]).toEqual([401, 'invalid_api_key']);
  });

  it('writes neither passwords nor keys to the log', async () => {
    const key = await api.register();
    await api.http.get('/users/me').set('x-key', key);
    const text = JSON.stringify(api.log);
    expect(text).toContain(key.split('_')[1]);
    expect(text).not.toContain(key.split('_')[2]);
    expect(text).not.toContain(password);
  });
});

describe('users over HTTP while PostgreSQL is down', () => {
  class Unreachable extends MemoryApiKeyRepository {
    override find(): Promise<never> {
      return Promise.reject(
        new WeirError('dependency_unavailable', 'connect ECONNREFUSED 10.1.2.3:5432', { retryable: true }),
      );
    }
  }

  it('answers 503 and never 401, without saying where PostgreSQL is', async () => {
    const accounts = new MemoryAccounts();
    const api = await apiUnderTest({ users: new MemoryUserRepository(accounts), keys: new Unreachable(accounts) });
    const key = await api.register();
    const answer = await api.http.get('/users/me').set('x-key', key);
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.body).toMatchObject({ code: 'dependency_unavailable' });
    expect(answer.text).not.toContain('10.1.2.3');
    expect(JSON.stringify(api.log)).toContain('10.1.2.3');
    await api.close();
  });
});

describe('a key that is on its way while it is replaced', () => {
  /** Holds look-ups back after they have read, until it is told to let them go. */
  class Gated extends MemoryApiKeyRepository {
    private gate: Promise<void> = Promise.resolve();
    private reached: () => void = () => undefined;
    private open: () => void = () => undefined;

    /** @returns once a look-up stands at the gate. */
    async close(): Promise<void> {
      this.gate = new Promise((resolve) => (this.open = resolve));
      await new Promise<void>((resolve) => (this.reached = resolve));
    }

    letGo(): void {
      this.gate = Promise.resolve();
      this.open();
    }

    override async find(id: string): Promise<OwnedApiKey | null> {
      const found = await super.find(id);
      const { gate } = this;
      this.reached();
      await gate;
      return found;
    }
  }

  it.each(['reissue', 'revocation'])(
    'does not work once the %s is answered, although it was read before',
    async (what) => {
      const accounts = new MemoryAccounts();
      const keys = new Gated(accounts);
      const api = await apiUnderTest({ users: new MemoryUserRepository(accounts), keys });
      const old = await api.register();
      const ask = () => api.http.get('/users/me').set('x-key', old);
      const atGate = keys.close();
      const inFlight = [ask().then(({ status }) => status), ask().then(({ status }) => status)];
      await atGate;
      if (what === 'reissue')
        await api.http.post('/users/key').send({ email: 'ada@example.org', password }).expect(200);
      else await api.app.get(AccountsService).revokeKey(old.split('_')[1] ?? '');
      const late = ask().then(({ status }) => status);
      keys.letGo();
      expect(await Promise.all([...inFlight, late])).toEqual([401, 401, 401]);
      await ask().expect(401);
      await api.close();
    },
  );
});
