import bcrypt from 'bcrypt';
import { invalidField } from '../invalid-field.js';

/** Characters, at least. */
const fewestCharacters = 8;
/** Bytes, at most: bcrypt would silently ignore what comes after. */
const mostBytes = 72;

/** The rules for a new password. @throws WeirError `validation_failed` naming `password`. */
export function checkNewPassword(password: string): void {
  if ([...password].length < fewestCharacters) {
    throw invalidField('password', `must have at least ${fewestCharacters} characters`);
  }
  checkPassword(password);
}

/**
 * What bcrypt cannot tell apart from another password is refused at login too. A short one is not refused here: it is
 * merely wrong. @throws WeirError `validation_failed` naming `password`.
 */
export function checkPassword(password: string): void {
  if (Buffer.byteLength(password) > mostBytes) {
    throw invalidField('password', `must be at most ${mostBytes} bytes long in UTF-8`);
  }
  if (password.includes('\0')) throw invalidField('password', 'must not contain a NUL character');
  if (/\p{Surrogate}/u.test(password)) throw invalidField('password', 'must be well-formed Unicode');
}

/** Hashes and compares passwords with bcrypt. */
export class PasswordHasher {
  private dummy: Promise<string> | undefined;

  /** @param cost bcrypt's, 4 to 31; each step doubles the work. */
  constructor(private readonly cost: number) {}

  hash(password: string): Promise<string> {
    return bcrypt.hash(password, this.cost);
  }

  /** Without a hash it compares with a dummy one of the same cost, so that the time taken tells nothing. */
  async matches(password: string, hash: string | null): Promise<boolean> {
    this.dummy ??= this.hash('nobody has this password');
    const same = await bcrypt.compare(password, hash ?? (await this.dummy));
    return hash !== null && same;
  }
}
