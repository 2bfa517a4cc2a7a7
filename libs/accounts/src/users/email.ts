import { invalidField, WeirError } from '@weir/pipeline';

/** Bytes, at most: the longest address that can be delivered to (RFC 5321). */
const longest = 254;
const shape = /^[^\s@\p{C}"(),:;<>[\\\]]+@[^\s@\p{C}"(),:;<>[\\\].]+(\.[^\s@\p{C}"(),:;<>[\\\].]+)+$/u;

/** @throws WeirError `validation_failed` naming `email`. */
export function checkEmail(email: string): void {
  if (Buffer.byteLength(email) > longest) throw invalidField('email', `must be at most ${longest} bytes long`);
  if (!shape.test(email)) throw invalidField('email', 'must be an e-mail address, such as ada@example.org');
}

/**
 * The form in which addresses are compared and unique. It is computed here, not by the database, because what `lower()`
 * does to letters beyond ASCII depends on a database's locale.
 */
export function foldEmail(email: string): string {
  return email.normalize('NFC').toLowerCase();
}

/** What a repository throws where an address has its user already. */
export function emailTaken(email: string): WeirError {
  return new WeirError('email_taken', `${email} is registered already; POST /users/key gives you a new key.`, {
    details: { errors: [{ field: 'email', message: 'is registered already' }] },
  });
}
