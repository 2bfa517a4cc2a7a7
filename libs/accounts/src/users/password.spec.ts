import bcrypt from 'bcrypt';
import fc from 'fast-check';
import { checkNewPassword, checkPassword, PasswordHasher } from './password.js';

const refused = { code: 'validation_failed', details: { errors: [{ field: 'password' }] } };
const thrown = (action: () => void): unknown => {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('passwords', () => {
  it('are taken from 8 characters to 72 bytes and refused beyond, at registration', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 90 }), (password) => {
        const bytes = Buffer.byteLength(password);
        const good = [...password].length >= 8 && bytes <= 72 && !password.includes('\0');
        expect(thrown(() => checkNewPassword(password)) === undefined).toBe(good);
      }),
    );
  });

  it('count characters, not UTF-16 units', () => {
    expect(thrown(() => checkNewPassword('😀'.repeat(7)))).toMatchObject(refused);
    expect(thrown(() => checkNewPassword('😀'.repeat(8)))).toBeUndefined();
  });

  it('are refused at login where bcrypt would cut them, and not for being short', () => {
    expect(thrown(() => checkPassword('a'.repeat(73)))).toMatchObject(refused);
    expect(thrown(() => checkPassword('12345678\0'))).toMatchObject(refused);
    expect(thrown(() => checkPassword('\ud800'))).toMatchObject(refused);
    expect(thrown(() => checkPassword('short'))).toBeUndefined();
  });

  it('match their own hash, and nothing matches no hash', async () => {
    const hasher = new PasswordHasher(4);
    const hash = await hasher.hash('correct horse');
    expect(hash).toMatch(/^\$2b\$04\$/);
    expect(await hasher.matches('correct horse', hash)).toBe(true);
    expect(await hasher.matches('correct horsf', hash)).toBe(false);
    expect(await hasher.matches('nobody has this password', null)).toBe(false);
  });

  it('take the same work for an unknown user as for a wrong password, from the first time on', async () => {
    const done: string[] = [];
    const counted = new PasswordHasher(12, {
      hash: (_, cost) => Promise.resolve(`hash of cost ${done.push(`hash ${cost}`)}`),
      compare: (_, hash) => Promise.resolve(done.push(`compare ${bcrypt.getRounds(hash)}`) < 0),
    });
    await counted.matches('wrong', null);
    await counted.matches('wrong', `$2b$12$${'.'.repeat(53)}`);
    expect(done).toEqual(['compare 12', 'compare 12']);
  });

  it('do that work in truth: bcrypt reads the hash that stands for no user, at each cost', async () => {
    const seen: string[] = [];
    const watched = (cost: number) =>
      new PasswordHasher(cost, {
        hash: () => Promise.reject(new Error('nothing is to be hashed')),
        compare: (password, hash) => {
          seen.push(hash);
          return bcrypt.compare(password, hash);
        },
      });
    for (const cost of [4, 10]) expect(await watched(cost).matches('nobody has this password', null)).toBe(false);
    // What bcrypt makes of the same salt differs in the digest alone: it was computed.
    for (const dummy of seen) {
      const computed = await bcrypt.hash('any', dummy.slice(0, 29));
      expect([computed.slice(0, 29), computed.length]).toEqual([dummy.slice(0, 29), dummy.length]);
    }
  });

  it('are hashed with the cost that is configured', async () => {
    for (const cost of [4, 5])
      expect(bcrypt.getRounds(await new PasswordHasher(cost).hash('correct horse'))).toBe(cost);
  });
});

describe('a flood of passwords', () => {
  /** Hashing that ends when it is told to. */
  function held() {
    let running = 0;
    let most = 0;
    const open: (() => void)[] = [];
    const hasher = new PasswordHasher(4, {
      hash: () => {
        running += 1;
        most = Math.max(most, running);
        return new Promise((resolve) =>
          open.push(() => {
            running -= 1;
            resolve('hash');
          }),
        );
      },
      compare: () => Promise.reject(new Error('bcrypt is broken')),
    });
    return { hasher, open, most: () => most };
  }

  it('has two hashed at a time, in the order in which they came', async () => {
    const { hasher, open, most } = held();
    const ended: number[] = [];
    const all = Array.from({ length: 10 }, async (_, n) => {
      await hasher.hash(`password ${n}`);
      ended.push(n);
    });
    for (let n = 0; n < 10; n += 1) {
      while (open.length === 0) await Promise.resolve();
      open.shift()?.();
    }
    await Promise.all(all);
    expect(most()).toBe(2);
    expect(ended).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('has whoever comes later wait too, while those are hashed that waited before', async () => {
    const { hasher, open, most } = held();
    const all = Array.from({ length: 4 }, () => hasher.hash('password'));
    for (const end of open.splice(0)) end();
    await Promise.all(all.slice(0, 2));
    while (open.length < 2) await Promise.resolve();
    all.push(hasher.hash('late'), hasher.hash('later'));
    for (let n = 0; n < 4; n += 1) {
      while (open.length === 0) await Promise.resolve();
      open.shift()?.();
    }
    expect(await Promise.all(all)).toHaveLength(6);
    expect(most()).toBe(2);
  });

  it('is refused where too many wait, and goes on', async () => {
    const { hasher, open } = held();
    const waiting = Array.from({ length: 102 }, () => hasher.hash('password'));
    await expect(hasher.hash('one too many')).rejects.toMatchObject({ code: 'too_many_requests', retryable: true });
    for (let n = 0; n < 102; n += 1) {
      while (open.length === 0) await Promise.resolve();
      open.shift()?.();
    }
    expect(await Promise.all(waiting)).toHaveLength(102);
  });

  it('leaves its place to the next where hashing fails', async () => {
    const { hasher, open } = held();
    for (let n = 0; n < 5; n += 1) await expect(hasher.matches('any', 'hash')).rejects.toThrow('bcrypt is broken');
    const next = hasher.hash('password');
    while (open.length === 0) await Promise.resolve();
    open.shift()?.();
    await next;
  });
});
