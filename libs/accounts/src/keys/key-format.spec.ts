import fc from 'fast-check';
import { formatKey, generateKey, hashSecret, parseKey, secretMatches } from './key-format.js';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const base62 = (length: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: length, maxLength: length });
const keys = fc.record({ id: base62(8), secret: base62(43) });

describe('the format of keys', () => {
  it('reads back what it wrote', () => {
    fc.assert(fc.property(keys, (key) => expect(parseKey(formatKey(key))).toEqual(key)));
    const generated = generateKey();
    expect(parseKey(formatKey(generated))).toEqual(generated);
  });

  it('finds any one wrong character', () => {
    fc.assert(
      fc.property(keys, fc.nat(), fc.constantFrom(...alphabet, '_', ' '), (key, at, character) => {
        const text = formatKey(key);
        const place = at % text.length;
        fc.pre(text[place] !== character);
        expect(parseKey(text.slice(0, place) + character + text.slice(place + 1))).toBeUndefined();
      }),
    );
  });

  it('finds two neighbouring characters swapped', () => {
    fc.assert(
      fc.property(keys, fc.nat(), (key, at) => {
        const text = formatKey(key);
        const place = at % (text.length - 1);
        const [left, right] = [text.charAt(place), text.charAt(place + 1)];
        fc.pre(left !== right);
        expect(parseKey(text.slice(0, place) + right + left + text.slice(place + 2))).toBeUndefined();
      }),
    );
  });

  it('takes no text for a key that is none, nor a key with something around it', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(parseKey(text)).toBeUndefined()));
    const text = formatKey(generateKey());
    for (const wrong of [` ${text}`, `${text}\n`, text.toUpperCase(), `${text}, ${text}`]) {
      expect(parseKey(wrong)).toBeUndefined();
    }
  });

  it('keeps to one checksum for ever: keys that were handed out must stay valid', () => {
    const key = { id: 'a1B2c3D4', secret: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg' };
    expect(formatKey(key)).toBe('weir_a1B2c3D4_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg_306af4f4');
  });

  it('matches a secret with its own hash only', () => {
    fc.assert(
      fc.property(base62(43), base62(43), (secret, other) => {
        expect(secretMatches(secret, hashSecret(secret))).toBe(true);
        expect(secretMatches(other, hashSecret(secret))).toBe(other === secret);
      }),
    );
    expect(secretMatches('anything', Buffer.alloc(0))).toBe(false);
  });
});
