import type { NewApiKey } from '../keys/api-key.js';
import type { User } from './user.js';

export interface NewUser {
  readonly email: string;
  readonly passwordHash: string | null;
}

/** Where users are kept. Failures to reach it are WeirErrors `dependency_unavailable`, retryable. */
export abstract class UserRepository {
  /**
   * Makes a user and their first key, both or neither.
   * @throws WeirError `email_taken` where a user has this address, in whatever letter case.
   */
  abstract create(user: NewUser, firstKey: NewApiKey): Promise<User>;

  /** By address, compared as `foldEmail` folds it. */
  abstract findByEmail(email: string): Promise<User | null>;

  abstract findById(id: string): Promise<User | null>;
}
