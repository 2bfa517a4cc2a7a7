import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const idLength = 8;
const secretBytes = 32;
/** 32 bytes need 43 base62 digits. */
const secretLength = 43;
const shape = new RegExp(`^weir_([0-9A-Za-z]{${idLength}})_([0-9A-Za-z]{${secretLength}})_([0-9a-f]{8})$`);

/** `weir_<id>_<secret>_<crc32>`; the whole text is shown to its holder once and never stored. */
export interface KeyText {
  readonly id: string;
  readonly secret: string;
}

/** A new random key: 8 characters of id, and 32 random bytes in base62. */
export function generateKey(): KeyText {
  const id = Array.from({ length: idLength }, () => alphabet[randomInt(alphabet.length)]).join('');
  return { id, secret: base62(randomBytes(secretBytes)) };
}

export function formatKey({ id, secret }: KeyText): string {
  return `weir_${id}_${secret}_${checksum(id, secret)}`;
}

/** The parts of a key, or undefined where it is none: a typo is found by the checksum, without asking anybody. */
export function parseKey(text: string): KeyText | undefined {
  const [, id, secret, sum] = shape.exec(text) ?? [];
  if (id === undefined || secret === undefined || sum !== checksum(id, secret)) return undefined;
  return { id, secret };
}

/** What is stored of a secret. It is random, so that a fast hash without salt is enough. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}

/** Whether this is the secret that was hashed; takes the same time wherever they differ. */
export function secretMatches(secret: string, sha256: Uint8Array): boolean {
  const offered = hashSecret(secret);
  return sha256.length === offered.length && timingSafeEqual(offered, sha256);
}

/** CRC-32 of all that goes before it, 8 hex digits. */
function checksum(id: string, secret: string): string {
  return crc32(`weir_${id}_${secret}`).toString(16).padStart(8, '0');
}

/** Big-endian, padded to a constant length. */
function base62(bytes: Buffer): string {
  let rest = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  while (text.length < secretLength) {
    text = alphabet.charAt(Number(rest % 62n)) + text;
    rest /= 62n;
  }
  return text;
}
