import { MemoryAccounts, MemoryApiKeyRepository, MemoryUserRepository } from '@weir/adapter-memory';
import type { NewApiKey } from './api-key.js';
import type { OwnedApiKey } from './api-key.repository.js';
import { formatKey, generateKey, hashSecret } from './key-format.js';
import { KeyService, requireScope } from './keys.service.js';

/** Counts the look-ups, and can hold one back. */
class CountedKeys extends MemoryApiKeyRepository {
  lookUps = 0;
  touches: Date[] = [];
  failingTouches = 0;
  heldBack: Promise<void> = Promise.resolve();
  /** Called in the middle of a touch. */
  whileTouching: () => void = () => undefined;

  override async find(id: string): Promise<OwnedApiKey | null> {
    this.lookUps += 1;
    const found = await super.find(id);
    await this.heldBack;
    return found;
  }

  override touch(id: string, at: Date, unlessSince: Date): Promise<void> {
    if (this.failingTouches > 0) {
      this.failingTouches -= 1;
      return Promise.reject(new Error('down'));
    }
    this.touches.push(at);
    this.whileTouching();
    return super.touch(id, at, unlessSince);
  }
}

describe('telling whose a key is', () => {
  const start = Date.parse('2024-01-01T00:00:00Z');
  let now: number;
  let keys: CountedKeys;
  let users: MemoryUserRepository;
  let service: KeyService;

  beforeEach(() => {
    now = start;
    const accounts = new MemoryAccounts();
    keys = new CountedKeys(accounts);
    users = new MemoryUserRepository(accounts);
    service = new KeyService(keys, () => now);
  });

  async function issued(overrides: Partial<NewApiKey> = {}): Promise<string> {
    const parts = generateKey();
    const stored = {
      id: parts.id,
      secretSha256: hashSecret(parts.secret),
      scopes: ['data'],
      origin: 'self_service',
    } as const;
    await users.create({ email: 'ada@example.org', passwordHash: null }, { ...stored, expiresAt: null, ...overrides });
    return formatKey(parts);
  }

  const idOf = (key: string) => key.split('_')[1] ?? '';

  it('names the holder', async () => {
    const key = await issued();
    expect(await service.authenticate(key)).toEqual({
      user_id: expect.any(String),
      email: 'ada@example.org',
      key_id: idOf(key),
      scopes: ['data'],
    });
  });

  it.each([undefined, ''])('asks for a key where it is %j', async (key) => {
    await expect(service.authenticate(key)).rejects.toMatchObject({ code: 'missing_api_key' });
  });

  it('refuses a typo without a look-up', async () => {
    await expect(service.authenticate(`${await issued()}0`)).rejects.toMatchObject({ code: 'invalid_api_key' });
    expect(keys.lookUps).toBe(0);
  });

  it('refuses the id of one key with the secret of another', async () => {
    const id = idOf(await issued());
    const forged = formatKey({ ...generateKey(), id });
    await expect(service.authenticate(forged)).rejects.toMatchObject({ code: 'invalid_api_key' });
  });

  it('looks a key up once for requests that come at once, and again after some seconds', async () => {
    const key = await issued();
    await Promise.all([service.authenticate(key), service.authenticate(key), service.authenticate(key)]);
    expect(keys.lookUps).toBe(1);
    now += 4_999;
    await service.authenticate(key);
    expect(keys.lookUps).toBe(1);
    now += 1;
    await service.authenticate(key);
    expect(keys.lookUps).toBe(2);
  });

  it('notices within seconds that another process revoked a key', async () => {
    const key = await issued();
    await service.authenticate(key);
    await keys.revoke(idOf(key));
    now += 5_000;
    await expect(service.authenticate(key)).rejects.toMatchObject({ code: 'invalid_api_key' });
  });

  it('lets nobody in by what was looked up before an eviction, not even who asked before it', async () => {
    const key = await issued();
    let release: () => void = () => undefined;
    keys.heldBack = new Promise((resolve) => (release = resolve));
    const early = [service.authenticate(key), service.authenticate(key)];
    await keys.revoke(idOf(key));
    service.evict(idOf(key));
    release();
    for (const each of early) await expect(each).rejects.toMatchObject({ code: 'invalid_api_key' });
    await expect(service.authenticate(key)).rejects.toMatchObject({ code: 'invalid_api_key' });
    expect(keys.lookUps).toBeGreaterThan(1);
  });

  it('lets nobody in whose key was revoked while its use was noted, and does not know it again', async () => {
    const key = await issued();
    keys.whileTouching = () => {
      void keys.revoke(idOf(key));
      service.evict(idOf(key));
    };
    await expect(service.authenticate(key)).rejects.toMatchObject({ code: 'invalid_api_key' });
    expect(service.isKnown(key)).toBe(false);
  });

  it('lets nobody in by a look-up that took longer than it would be remembered', async () => {
    const key = await issued();
    const release: (() => void)[] = [];
    keys.heldBack = new Promise((resolve) => release.push(resolve));
    const early = service.authenticate(key);
    now += 6_000;
    keys.heldBack = new Promise((resolve) => release.push(resolve));
    const later = service.authenticate(key);
    await keys.revoke(idOf(key));
    service.evict(idOf(key));
    keys.heldBack = Promise.resolve();
    for (const each of release) each();
    await expect(early).rejects.toMatchObject({ code: 'invalid_api_key' });
    await expect(later).rejects.toMatchObject({ code: 'invalid_api_key' });
  });

  it('knows a key again that was valid, until it is revoked or expires', async () => {
    const key = await issued({ expiresAt: new Date(start + 60_000) });
    expect([service.isKnown(key), service.isKnown(undefined), service.isKnown('nonsense')]).toEqual([
      false,
      false,
      false,
    ]);
    await service.authenticate(key);
    expect(service.isKnown(key)).toBe(true);
    service.evict(idOf(key));
    expect(service.isKnown(key)).toBe(false);
    await service.authenticate(key);
    now += 60_000;
    await expect(service.authenticate(key)).rejects.toMatchObject({ code: 'invalid_api_key' });
    expect(service.isKnown(key)).toBe(false);
    expect(service.isKnown(formatKey(generateKey()))).toBe(false);
  });

  it('writes the last use at the next occasion where writing it failed', async () => {
    const key = await issued();
    keys.failingTouches = 1;
    await expect(service.authenticate(key)).rejects.toThrow('down');
    await service.authenticate(key);
    expect((await keys.find(idOf(key)))?.key.lastUsedAt).toEqual(new Date(start));
  });

  it('stops a remembered key at the moment it expires', async () => {
    const key = await issued({ expiresAt: new Date(start + 1_000) });
    await service.authenticate(key);
    now += 1_000;
    await expect(service.authenticate(key)).rejects.toMatchObject({ code: 'invalid_api_key' });
    expect(keys.lookUps).toBe(1);
  });

  it('tries again after a look-up that failed', async () => {
    const key = await issued();
    keys.heldBack = Promise.reject(new Error('down'));
    await expect(service.authenticate(key)).rejects.toThrow('down');
    keys.heldBack = Promise.resolve();
    await expect(service.authenticate(key)).resolves.toMatchObject({ email: 'ada@example.org' });
  });

  it('writes the last use at most once a minute', async () => {
    const key = await issued();
    for (let second = 0; second <= 60; second += 1) {
      now = start + second * 1_000;
      await Promise.all([service.authenticate(key), service.authenticate(key)]);
    }
    expect(keys.touches.map((at) => at.getTime() - start)).toEqual([0, 60_000]);
  });

  it('names the scope that is missing', async () => {
    const principal = await service.authenticate(await issued());
    expect(() => requireScope(principal, 'data')).not.toThrow();
    expect(() => requireScope(principal, 'pipelines')).toThrow(/pipelines/);
  });
});
