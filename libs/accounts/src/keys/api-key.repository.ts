import type { ApiKey, KeyOrigin, NewApiKey } from './api-key.js';

export interface OwnedApiKey {
  readonly key: ApiKey;
  /** The owner's address. */
  readonly email: string;
}

export interface Replacement {
  readonly userId: string;
  /** Which of the user's keys are replaced. */
  readonly origins: readonly KeyOrigin[];
  /** Called once, with the keys that are about to be revoked: neither revoked nor expired, oldest first. */
  readonly issue: (replaced: readonly ApiKey[]) => NewApiKey;
}

/** Where keys are kept. Failures to reach it are WeirErrors `dependency_unavailable`, retryable. */
export abstract class ApiKeyRepository {
  abstract insert(userId: string, key: NewApiKey): Promise<void>;

  abstract find(id: string): Promise<OwnedApiKey | null>;

  /**
   * Revokes a user's keys of these origins and inserts another, both or neither, one replacement of a user at a time: of
   * two in parallel the second replaces the key of the first.
   * @returns the ids of the keys revoked.
   */
  abstract replace(replacement: Replacement): Promise<string[]>;

  /** False where there is no such key, or it is revoked already. */
  abstract revoke(id: string): Promise<boolean>;

  /** All keys, or those of one user; revoked and expired ones too, oldest first. */
  abstract list(userId?: string): Promise<OwnedApiKey[]>;

  /** Writes `last_used_at`, unless it was written since `unlessSince`. */
  abstract touch(id: string, at: Date, unlessSince: Date): Promise<void>;
}
