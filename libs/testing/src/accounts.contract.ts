import { randomUUID } from 'node:crypto';
import {
  generateKey,
  hashSecret,
  type ApiKeyRepository,
  type KeyOrigin,
  type NewApiKey,
  type Scope,
  type UserRepository,
} from '@weir/accounts';

export interface AccountsUnderTest {
  readonly users: UserRepository;
  readonly keys: ApiKeyRepository;
}

/** What every pair of account repositories does. `make` may give the same pair each time: addresses are fresh. */
export function accountsContract(make: () => Promise<AccountsUnderTest> | AccountsUnderTest): void {
  let users: UserRepository;
  let keys: ApiKeyRepository;

  beforeEach(async () => {
    ({ users, keys } = await make());
  });

  const registered = async (key = newKey()) => users.create({ email: freshEmail(), passwordHash: 'a hash' }, key);
  const active = async (userId: string) => (await keys.list(userId)).filter(({ key }) => key.revokedAt === null);

  describe('users', () => {
    it('keeps a user as given and finds them by id', async () => {
      const email = `Ada.${freshEmail()}`;
      const user = await users.create({ email, passwordHash: 'a hash' }, newKey());
      expect(await users.findById(user.id)).toEqual(user);
      expect(user).toMatchObject({ email, passwordHash: 'a hash', createdAt: expect.any(Date) });
      expect(Math.abs(user.createdAt.getTime() - Date.now())).toBeLessThan(60_000);
    });

    it('finds a user by address in any letter case, beyond ASCII too', async () => {
      const email = freshEmail('Ärger');
      const user = await users.create({ email, passwordHash: null }, newKey());
      expect(await users.findByEmail(email.toUpperCase())).toEqual(user);
      expect(await users.findByEmail(freshEmail())).toBeNull();
      expect(await users.findById(randomUUID())).toBeNull();
    });

    it('refuses an address that is taken in another letter case, and keeps nothing of the attempt', async () => {
      const { email } = await registered();
      const key = newKey();
      await expect(users.create({ email: email.toUpperCase(), passwordHash: null }, key)).rejects.toMatchObject({
        code: 'email_taken',
      });
      expect(await keys.find(key.id)).toBeNull();
    });

    it('lets one of many simultaneous registrations of an address through', async () => {
      const email = freshEmail();
      const outcomes = await Promise.allSettled(
        Array.from({ length: 8 }, () => users.create({ email, passwordHash: null }, newKey())),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'email_taken' });
      }
    });
  });

  describe('keys', () => {
    it('keeps the first key as given, with its owner', async () => {
      const key = newKey({ scopes: ['data', 'pipelines'], expiresAt: new Date('2030-01-02T03:04:05.678Z') });
      const user = await registered(key);
      expect(await keys.find(key.id)).toEqual({
        email: user.email,
        key: { ...key, userId: user.id, createdAt: expect.any(Date), revokedAt: null, lastUsedAt: null },
      });
    });

    it('knows nothing of a key that was never made', async () => {
      expect(await keys.find(generateKey().id)).toBeNull();
      expect(await keys.revoke(generateKey().id)).toBe(false);
    });

    it('revokes a key once', async () => {
      const key = newKey();
      await registered(key);
      expect(await keys.revoke(key.id)).toBe(true);
      expect(await keys.revoke(key.id)).toBe(false);
      expect((await keys.find(key.id))?.key.revokedAt).toBeInstanceOf(Date);
    });

    it('lists the keys of one user oldest first, and those of all', async () => {
      const first = newKey();
      const user = await registered(first);
      const second = newKey({ origin: 'operator' });
      // PGlite's clock has milliseconds, and keys of one moment are in no order.
      await new Promise((resolve) => setTimeout(resolve, 2));
      await keys.insert(user.id, second);
      const other = newKey();
      await registered(other);
      expect((await keys.list(user.id)).map(({ key }) => key.id)).toEqual([first.id, second.id]);
      const all = (await keys.list()).map(({ key }) => key.id);
      expect(all).toEqual(expect.arrayContaining([first.id, second.id, other.id]));
    });

    it('replaces the keys of the wanted origins and leaves the others', async () => {
      const own = newKey();
      const user = await registered(own);
      const granted = newKey({ origin: 'operator' });
      await keys.insert(user.id, granted);
      const next = newKey();
      const seen: string[][] = [];
      const revoked = await keys.replace({
        userId: user.id,
        origins: ['self_service'],
        issue: (replaced) => {
          seen.push(replaced.map(({ id }) => id));
          return next;
        },
      });
      expect(seen).toEqual([[own.id]]);
      expect(revoked).toEqual([own.id]);
      expect((await active(user.id)).map(({ key }) => key.id).sort()).toEqual([granted.id, next.id].sort());
    });

    it('shows no expired key to a replacement', async () => {
      const user = await registered(newKey({ expiresAt: new Date(Date.now() - 1000) }));
      const seen: number[] = [];
      await keys.replace({
        userId: user.id,
        origins: ['self_service'],
        issue: (replaced) => {
          seen.push(replaced.length);
          return newKey();
        },
      });
      expect(seen).toEqual([0]);
      expect(await active(user.id)).toHaveLength(1);
    });

    it('leaves the old key standing when a replacement fails', async () => {
      const key = newKey();
      const user = await registered(key);
      const failing = keys.replace({
        userId: user.id,
        origins: ['self_service'],
        issue: () => {
          throw new Error('no key to give');
        },
      });
      await expect(failing).rejects.toThrow('no key to give');
      expect((await active(user.id)).map((each) => each.key.id)).toEqual([key.id]);
    });

    it('leaves exactly one key of many simultaneous replacements', async () => {
      const user = await registered();
      const replacements = Array.from({ length: 8 }, () =>
        keys.replace({ userId: user.id, origins: ['self_service'], issue: () => newKey() }),
      );
      const revoked = (await Promise.all(replacements)).flat();
      expect(new Set(revoked).size).toBe(8);
      expect(await active(user.id)).toHaveLength(1);
    });

    it('writes the last use only if it is older than asked', async () => {
      const key = newKey();
      await registered(key);
      const lastUse = async () => (await keys.find(key.id))?.key.lastUsedAt?.toISOString();
      await keys.touch(key.id, new Date('2024-01-01T12:00:30Z'), new Date('2024-01-01T11:59:30Z'));
      expect(await lastUse()).toBe('2024-01-01T12:00:30.000Z');
      await keys.touch(key.id, new Date('2024-01-01T12:01:00Z'), new Date('2024-01-01T12:00:00Z'));
      expect(await lastUse()).toBe('2024-01-01T12:00:30.000Z');
      await keys.touch(key.id, new Date('2024-01-01T12:02:00Z'), new Date('2024-01-01T12:01:00Z'));
      expect(await lastUse()).toBe('2024-01-01T12:02:00.000Z');
    });
  });
}

function freshEmail(name = 'user'): string {
  return `${name}.${randomUUID()}@example.org`;
}

function newKey(overrides: { scopes?: readonly Scope[]; origin?: KeyOrigin; expiresAt?: Date | null } = {}): NewApiKey {
  const { id, secret } = generateKey();
  return {
    id,
    secretSha256: hashSecret(secret),
    scopes: ['data'],
    origin: 'self_service',
    expiresAt: null,
    ...overrides,
  };
}
