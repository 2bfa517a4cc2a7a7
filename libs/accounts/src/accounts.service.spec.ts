import { MemoryAccounts, MemoryApiKeyRepository, MemoryUserRepository } from '@weir/adapter-memory';
import { AccountsService } from './accounts.service.js';
import { KeyService } from './keys/keys.service.js';
import { PasswordHasher } from './users/password.js';

const email = 'ada@example.org';
const password = 'correct horse';
const invalid = { code: 'invalid_api_key' };

describe('accounts', () => {
  let accounts: AccountsService;
  let keyService: KeyService;

  beforeEach(() => {
    const stored = new MemoryAccounts();
    const keys = new MemoryApiKeyRepository(stored);
    keyService = new KeyService(keys);
    accounts = new AccountsService(new MemoryUserRepository(stored), keys, keyService, new PasswordHasher(4));
  });

  const activeKeys = async () => (await accounts.listKeys()).filter(({ status }) => status === 'active');

  it('leaves a user who reissues twice at once with exactly one key', async () => {
    await accounts.register(email, password);
    const issued = await Promise.all([accounts.reissue(email, password), accounts.reissue(email, password)]);
    expect(await activeKeys()).toHaveLength(1);
    const works = await Promise.allSettled(issued.map(({ api_key }) => keyService.authenticate(api_key)));
    expect(works.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it("neither revokes nor inherits an operator's grant when a user reissues", async () => {
    const own = await accounts.register(email, password);
    const granted = await accounts.createKey(email, ['data', 'pipelines']);
    const next = await accounts.reissue(email, password);
    expect((await keyService.authenticate(next.api_key)).scopes).toEqual(['data']);
    expect((await keyService.authenticate(granted.api_key)).scopes).toEqual(['data', 'pipelines']);
    await expect(keyService.authenticate(own.api_key)).rejects.toMatchObject(invalid);
  });

  it('lets the operator replace all keys of a user by one with their scopes and the earliest expiry', async () => {
    const own = await accounts.register(email, password);
    const expiry = new Date(Date.now() + 60_000);
    const granted = await accounts.createKey(email, ['pipelines'], expiry);
    const { api_key } = await accounts.reissueKey(email);
    expect((await keyService.authenticate(api_key)).scopes).toEqual(['data', 'pipelines']);
    expect(await activeKeys()).toMatchObject([{ origin: 'operator', expires_at: expiry.toISOString() }]);
    for (const old of [own, granted]) await expect(keyService.authenticate(old.api_key)).rejects.toMatchObject(invalid);
  });

  it("leaves the key a user's own when the operator reissues it: the user can replace it again", async () => {
    await accounts.register(email, password);
    const byOperator = await accounts.reissueKey(email);
    await accounts.reissue(email, password);
    await expect(keyService.authenticate(byOperator.api_key)).rejects.toMatchObject(invalid);
  });

  it('makes a user without a password for a key, whom nobody can log in as or register', async () => {
    const { api_key } = await accounts.createKey(email, ['pipelines']);
    expect(await keyService.authenticate(api_key)).toMatchObject({ email, scopes: ['pipelines'] });
    await expect(accounts.reissue(email, password)).rejects.toMatchObject({ code: 'invalid_credentials' });
    await expect(accounts.register(email, password)).rejects.toMatchObject({ code: 'email_taken' });
  });

  it('makes one user for two keys granted at once to an address that has none, and both keys work', async () => {
    const granted = await Promise.all([accounts.createKey(email, ['data']), accounts.createKey(email, ['pipelines'])]);
    const holders = await Promise.all(granted.map(({ api_key }) => keyService.authenticate(api_key)));
    expect(new Set(holders.map(({ user_id }) => user_id)).size).toBe(1);
    expect(holders.map(({ scopes }) => scopes)).toEqual([['data'], ['pipelines']]);
  });

  it('says at login, too, what is no e-mail', async () => {
    const wrong = { code: 'validation_failed', details: { errors: [{ field: 'email' }] } };
    await expect(accounts.reissue('ada', password)).rejects.toMatchObject(wrong);
    await expect(accounts.reissue(`${'a'.repeat(300)}@example.org`, password)).rejects.toMatchObject(wrong);
  });

  it('shows no profile to a key that was revoked after it had been let in', async () => {
    const { api_key } = await accounts.register(email, password);
    const principal = await keyService.authenticate(api_key);
    await accounts.revokeKey(principal.key_id);
    await expect(accounts.profile(principal)).rejects.toMatchObject(invalid);
  });

  it('refuses a scope that does not exist, and none at all', async () => {
    await expect(accounts.createKey(email, ['data', 'admin'])).rejects.toMatchObject({
      code: 'unknown_scope',
      details: { unknown: ['admin'], allowed: ['data', 'pipelines'] },
    });
    await expect(accounts.createKey(email, [])).rejects.toMatchObject({ code: 'unknown_scope' });
  });

  it('stops a revoked key at once, and all keys of a user', async () => {
    const { api_key } = await accounts.register(email, password);
    const { key_id } = await keyService.authenticate(api_key);
    await accounts.revokeKey(key_id);
    await expect(keyService.authenticate(api_key)).rejects.toMatchObject(invalid);
    await expect(accounts.revokeKey(key_id)).rejects.toMatchObject({ code: 'key_not_found' });
    await accounts.createKey(email, ['data']);
    await accounts.createKey(email, ['data']);
    expect(await accounts.revokeKeysOf(email)).toHaveLength(2);
    expect(await activeKeys()).toEqual([]);
    await expect(accounts.revokeKeysOf('nobody@example.org')).rejects.toMatchObject({ code: 'user_not_found' });
  });

  it('lists keys with their state and without their secrets', async () => {
    const { api_key } = await accounts.register(email, password);
    await accounts.createKey(email, ['data'], new Date(Date.now() - 1));
    await accounts.reissue(email, password);
    const listed = await accounts.listKeys(email);
    expect(listed.map(({ status }) => status)).toEqual(['revoked', 'expired', 'active']);
    expect(JSON.stringify(listed)).not.toContain(api_key.split('_')[2]);
  });
});

describe('the work that a login takes', () => {
  const cost = 12;
  let done: string[];
  let accounts: AccountsService;

  beforeEach(() => {
    const stored = new MemoryAccounts();
    const keys = new MemoryApiKeyRepository(stored);
    const counted = new PasswordHasher(cost, {
      hash: (_, rounds) => {
        done.push(`hash ${rounds}`);
        return Promise.resolve(`$2b$${rounds}$${'.'.repeat(53)}`);
      },
      compare: (_, hash) => {
        done.push(`compare ${hash.slice(0, 6)}`);
        return Promise.resolve(false);
      },
    });
    done = [];
    accounts = new AccountsService(new MemoryUserRepository(stored), keys, new KeyService(keys), counted);
  });

  it('is the same for a wrong password, a user without one, and nobody', async () => {
    await accounts.register(email, password);
    await accounts.createKey('operator@example.org', ['data']);
    expect(done).toEqual(['hash 12']);
    const works = [];
    for (const who of [email, 'operator@example.org', 'nobody@example.org', email]) {
      done = [];
      await expect(accounts.reissue(who, 'wrong password')).rejects.toMatchObject({ code: 'invalid_credentials' });
      works.push(done);
    }
    expect(works).toEqual(Array(4).fill(['compare $2b$12']));
  });

  it('is not spent on what is refused anyway: a taken address, and what breaks the rules', async () => {
    await accounts.register(email, password);
    done = [];
    await expect(accounts.register(email.toUpperCase(), password)).rejects.toMatchObject({ code: 'email_taken' });
    for (const wrong of ['a'.repeat(73), 'nul\0nul\0']) {
      await expect(accounts.register('new@example.org', wrong)).rejects.toMatchObject({ code: 'validation_failed' });
      await expect(accounts.reissue(email, wrong)).rejects.toMatchObject({ code: 'validation_failed' });
    }
    expect(done).toEqual([]);
  });
});
