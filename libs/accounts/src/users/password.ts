import bcrypt from 'bcrypt';
import { invalidField, WeirError } from '@weir/pipeline';

/** Characters, at least. */
const fewestCharacters = 8;
/** Bytes, at most: bcrypt would silently ignore what comes after. */
const mostBytes = 72;
/** Hashes computed at a time: half of the threads that Node has for everything that blocks, files and DNS among them. */
const atOnce = 2;
/** Hashes waited for, at most. Beyond that, whoever came last would have gone before their turn came. */
const mostWaiting = 100;
/** The salt and digest of no password that anybody knows; the cost goes before it. */
const dummyRest = '........................................1234567890abc';

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

/** What is done to passwords, by bcrypt unless a spec counts it. */
export interface PasswordHash {
  hash(password: string, cost: number): Promise<string>;
  compare(password: string, hash: string): Promise<boolean>;
}

/**
 * Hashes and compares passwords. A flood of logins must not take all threads from the rest of the process: few are
 * computed at a time, the others wait their turn. @throws WeirError `too_many_requests` where too many wait.
 */
export class PasswordHasher {
  /** Compared with where there is no hash: the same cost, so the same work, from the first time on. */
  private readonly dummy: string;
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /** @param cost bcrypt's, 4 to 31; each step doubles the work. */
  constructor(
    private readonly cost: number,
    private readonly bcrypts: PasswordHash = bcrypt,
  ) {
    this.dummy = `$2b$${String(cost).padStart(2, '0')}$${dummyRest}`;
  }

  hash(password: string): Promise<string> {
    return this.inTurn(() => this.bcrypts.hash(password, this.cost));
  }

  /** Without a hash it compares with a dummy one of the same cost, so that the time taken tells nothing. */
  async matches(password: string, hash: string | null): Promise<boolean> {
    const same = await this.inTurn(() => this.bcrypts.compare(password, hash ?? this.dummy));
    return hash !== null && same;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < atOnce) this.running += 1;
    else await this.myTurn();
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      // Whoever is next takes the place over.
      if (next !== undefined) next();
      else this.running -= 1;
    }
  }

  private myTurn(): Promise<void> {
    if (this.waiting.length >= mostWaiting) {
      throw new WeirError('too_many_requests', 'Too many people register or log in just now; try again in a moment.', {
        retryable: true,
      });
    }
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}
