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

  it('take the same work for an unknown user as for a wrong password', async () => {
    const hasher = new PasswordHasher(9);
    const hash = await hasher.hash('correct horse');
    await hasher.matches('makes the dummy', null);
    const time = async (against: string | null) => {
      const times: number[] = [];
      for (let round = 0; round < 7; round += 1) {
        const started = performance.now();
        await hasher.matches('wrong', against);
        times.push(performance.now() - started);
      }
      return Math.min(...times);
    };
    const [known, unknown] = [await time(hash), await time(null)];
    expect(unknown).toBeGreaterThan(known / 2);
  });
});
