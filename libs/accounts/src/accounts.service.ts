import { WeirError } from '@weir/pipeline';
import {
  isActive,
  scopes as allScopes,
  type ApiKey,
  type KeyOrigin,
  type NewApiKey,
  type Principal,
  type Scope,
} from './keys/api-key.js';
import type { ApiKeyRepository, OwnedApiKey } from './keys/api-key.repository.js';
import { formatKey, generateKey, hashSecret } from './keys/key-format.js';
import type { KeyService } from './keys/keys.service.js';
import { checkEmail, emailTaken } from './users/email.js';
import { checkNewPassword, checkPassword, type PasswordHasher } from './users/password.js';
import type { User } from './users/user.js';
import type { UserRepository } from './users/user.repository.js';

/** A key in the one moment it can be read. */
export interface IssuedKey {
  readonly api_key: string;
}

export interface RegisteredUser extends IssuedKey {
  readonly id: string;
  readonly email: string;
}

export interface Profile {
  readonly id: string;
  readonly email: string;
  readonly scopes: readonly Scope[];
  readonly key: { readonly id: string; readonly created_at: string; readonly last_used_at: string | null };
}

/** A key as an operator sees it; times ISO 8601, UTC. */
export interface KeySummary {
  readonly id: string;
  readonly email: string;
  readonly scopes: readonly Scope[];
  readonly origin: KeyOrigin;
  readonly status: 'active' | 'revoked' | 'expired';
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly revoked_at: string | null;
  readonly last_used_at: string | null;
}

/** Users and their keys: what they do for themselves, and what an operator does. */
export class AccountsService {
  constructor(
    private readonly users: UserRepository,
    private readonly keys: ApiKeyRepository,
    private readonly keyService: KeyService,
    private readonly passwords: PasswordHasher,
  ) {}

  /**
   * An address that is taken is refused before anything is hashed: the answer says in words what the time would tell.
   * @throws WeirError `validation_failed`, `email_taken`.
   */
  async register(email: string, password: string): Promise<RegisteredUser> {
    checkEmail(email);
    checkNewPassword(password);
    if ((await this.users.findByEmail(email)) !== null) throw emailTaken(email);
    const { key, text } = issue(['data'], 'self_service');
    const user = await this.users.create({ email, passwordHash: await this.passwords.hash(password) }, key);
    return { id: user.id, email: user.email, api_key: text };
  }

  /**
   * Replaces the user's own key by one with the same scopes; the old one stops at once. Keys granted by an operator stay.
   * @throws WeirError `validation_failed`; `invalid_credentials`, the same for an unknown user, a wrong password and a user
   *   without one.
   */
  async reissue(email: string, password: string): Promise<IssuedKey> {
    checkEmail(email);
    checkPassword(password);
    const user = await this.users.findByEmail(email);
    const matches = await this.passwords.matches(password, user?.passwordHash ?? null);
    if (user === null || !matches) {
      throw new WeirError('invalid_credentials', 'No user has this e-mail and password.');
    }
    return this.replace(user, ['self_service']);
  }

  /** The holder of a key. @throws WeirError `invalid_api_key` where the key was revoked a moment ago. */
  async profile(principal: Principal): Promise<Profile> {
    const owned = await this.keys.find(principal.key_id);
    if (owned === null || !isActive(owned.key, new Date())) {
      throw new WeirError('invalid_api_key', 'The key in x-key does not exist any more.');
    }
    const { key, email } = owned;
    return {
      id: key.userId,
      email,
      scopes: key.scopes,
      key: { id: key.id, created_at: key.createdAt.toISOString(), last_used_at: iso(key.lastUsedAt) },
    };
  }

  /**
   * The operator grants a key beside those the user has; the user is made, without a password, if there is none.
   * @throws WeirError `validation_failed`, `unknown_scope`.
   */
  async createKey(email: string, scopes: readonly string[], expiresAt: Date | null = null): Promise<IssuedKey> {
    checkEmail(email);
    const { key, text } = issue(checkScopes(scopes), 'operator', expiresAt);
    const user = (await this.users.findByEmail(email)) ?? (await this.madeWith(email, key));
    if (user !== null) await this.keys.insert(user.id, key);
    return { api_key: text };
  }

  /**
   * The operator replaces all keys of a user by one with all their scopes.
   * @throws WeirError `user_not_found`.
   */
  async reissueKey(email: string): Promise<IssuedKey> {
    return this.replace(await this.requireUser(email), ['self_service', 'operator']);
  }

  /** @throws WeirError `key_not_found` where there is no active key of this id. */
  async revokeKey(id: string): Promise<void> {
    const revoked = await this.keys.revoke(id);
    this.keyService.evict(id);
    if (!revoked) throw new WeirError('key_not_found', `There is no active key ${id}; \`weir keys list\` shows all.`);
  }

  /** Revokes all keys of a user and returns their ids. @throws WeirError `user_not_found`. */
  async revokeKeysOf(email: string): Promise<string[]> {
    const user = await this.requireUser(email);
    const active = (await this.keys.list(user.id)).filter(({ key }) => key.revokedAt === null);
    for (const { key } of active) {
      await this.keys.revoke(key.id);
      this.keyService.evict(key.id);
    }
    return active.map(({ key }) => key.id);
  }

  /** All keys, or those of one user; never their secrets. @throws WeirError `user_not_found`. */
  async listKeys(email?: string): Promise<KeySummary[]> {
    const userId = email === undefined ? undefined : (await this.requireUser(email)).id;
    return (await this.keys.list(userId)).map(summary);
  }

  /** Null once the user is made with this key; else whoever was made meanwhile by somebody else, without the key. */
  private async madeWith(email: string, key: NewApiKey): Promise<User | null> {
    try {
      await this.users.create({ email, passwordHash: null }, key);
      return null;
    } catch (error) {
      if (error instanceof WeirError && error.code === 'email_taken') return this.requireUser(email);
      throw error;
    }
  }

  private async replace(user: User, origins: readonly KeyOrigin[]): Promise<IssuedKey> {
    let text: string | undefined;
    const revoked = await this.keys.replace({
      userId: user.id,
      origins,
      issue: (replaced) => {
        const issued = successor(replaced);
        text = issued.text;
        return issued.key;
      },
    });
    for (const id of revoked) this.keyService.evict(id);
    if (text === undefined) throw new WeirError('internal_error', `No key was issued for user ${user.id}.`);
    return { api_key: text };
  }

  private async requireUser(email: string): Promise<User> {
    const user = await this.users.findByEmail(email);
    if (user === null) throw new WeirError('user_not_found', `No user has the e-mail ${email}.`);
    return user;
  }
}

function issue(scopes: readonly Scope[], origin: KeyOrigin, expiresAt: Date | null = null) {
  const parts = generateKey();
  const key = { id: parts.id, secretSha256: hashSecret(parts.secret), scopes, origin, expiresAt };
  return { key, text: formatKey(parts) };
}

/**
 * The key that takes the place of others: all their scopes, the earliest of their expiries (reissuing never prolongs
 * access), an operator's if one of them was. With nothing to replace it is what registration gives.
 */
function successor(replaced: readonly ApiKey[]) {
  if (replaced.length === 0) return issue(['data'], 'self_service');
  const scopes = allScopes.filter((scope) => replaced.some((key) => key.scopes.includes(scope)));
  const origin = replaced.some((key) => key.origin === 'operator') ? 'operator' : 'self_service';
  const expiries = replaced.flatMap(({ expiresAt }) => (expiresAt === null ? [] : [expiresAt.getTime()]));
  return issue(scopes, origin, expiries.length === 0 ? null : new Date(Math.min(...expiries)));
}

/** @throws WeirError `unknown_scope`, listing those there are. */
function checkScopes(wanted: readonly string[]): Scope[] {
  const known = allScopes.filter((scope) => wanted.includes(scope));
  const unknown = wanted.filter((scope) => !allScopes.some((each) => each === scope));
  if (unknown.length === 0 && known.length > 0) return known;
  const problem = unknown.length === 0 ? 'A key needs a scope' : `There is no scope ${unknown.join(', ')}`;
  throw new WeirError('unknown_scope', `${problem}; allowed: ${allScopes.join(', ')}.`, {
    details: { unknown, allowed: allScopes },
  });
}

function summary({ key, email }: OwnedApiKey): KeySummary {
  const revoked = key.revokedAt !== null;
  return {
    id: key.id,
    email,
    scopes: key.scopes,
    origin: key.origin,
    status: revoked ? 'revoked' : isActive(key, new Date()) ? 'active' : 'expired',
    created_at: key.createdAt.toISOString(),
    expires_at: iso(key.expiresAt),
    revoked_at: iso(key.revokedAt),
    last_used_at: iso(key.lastUsedAt),
  };
}

function iso(time: Date | null): string | null {
  return time === null ? null : time.toISOString();
}
