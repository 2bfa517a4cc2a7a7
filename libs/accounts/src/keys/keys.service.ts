import { WeirError } from '@weir/pipeline';
import { isActive, type Principal, type Scope } from './api-key.js';
import type { ApiKeyRepository, OwnedApiKey } from './api-key.repository.js';
import { KeyCache } from './key-cache.js';
import { parseKey, secretMatches, type KeyText } from './key-format.js';

/** Milliseconds a key may be known after it was revoked by another process; this one evicts it at once. */
const cacheLifetime = 5_000;
/** Milliseconds between two writes of `last_used_at`. */
const touchInterval = 60_000;
/** Keys that are remembered to have been valid, at most. */
const mostKnown = 10_000;

/** Tells whose a key is. */
export class KeyService {
  private readonly cache: KeyCache;
  /** Key id → when this process last wrote its `last_used_at`; no longer than the interval matters. */
  private readonly touched = new Map<string, number>();
  /** Ids of keys that were valid when last seen, the latest last. */
  private readonly known = new Set<string>();

  /** @param now milliseconds since 1970. */
  constructor(
    private readonly keys: ApiKeyRepository,
    private readonly now: () => number = Date.now,
  ) {
    this.cache = new KeyCache(cacheLifetime, now);
  }

  /**
   * @throws WeirError `missing_api_key`; `invalid_api_key` for a typo, an unknown, revoked or expired key, all alike;
   *   `dependency_unavailable` where the key cannot be looked up.
   */
  async authenticate(text: string | undefined): Promise<Principal> {
    if (text === undefined || text === '') {
      throw new WeirError('missing_api_key', 'This needs an API key in the header x-key; POST /users gives one.');
    }
    const parsed = parseKey(text);
    if (parsed === undefined) throw invalidKey();
    const owned = await this.valid(parsed);
    // Writing takes time, in which the key may have been revoked: who wrote looks again.
    if (await this.touch(owned)) await this.valid(parsed);
    const { id, userId, scopes } = owned.key;
    this.remember(id);
    return { user_id: userId, email: owned.email, key_id: id, scopes };
  }

  /**
   * Whether a key was valid when this process last saw it: what may still be let in where guesses come from the same
   * address. Asks nobody, and proves nothing.
   */
  isKnown(text: string | undefined): boolean {
    const parsed = parseKey(text ?? '');
    return parsed !== undefined && this.known.has(parsed.id);
  }

  /** Forgets a key, so that its next use is looked up. */
  evict(id: string): void {
    this.cache.evict(id);
    this.known.delete(id);
  }

  private async valid({ id, secret }: KeyText): Promise<OwnedApiKey> {
    const owned = await this.cache.get(id, (each) => this.keys.find(each));
    if (owned === null || !secretMatches(secret, owned.key.secretSha256)) throw invalidKey();
    if (isActive(owned.key, new Date(this.now()))) return owned;
    this.known.delete(id);
    throw invalidKey();
  }

  private remember(id: string): void {
    this.known.delete(id);
    this.known.add(id);
    if (this.known.size <= mostKnown) return;
    for (const oldest of this.known) {
      this.known.delete(oldest);
      return;
    }
  }

  /** @returns whether it was time to write. */
  private async touch({ key }: OwnedApiKey): Promise<boolean> {
    const now = this.now();
    const last = Math.max(key.lastUsedAt?.getTime() ?? 0, this.touched.get(key.id) ?? 0);
    if (now - last < touchInterval) return false;
    // Set anew, an entry goes to the end: the map stays in order of time, and what is past is at its beginning.
    this.touched.delete(key.id);
    this.touched.set(key.id, now);
    for (const [id, at] of this.touched) {
      if (now - at < touchInterval) break;
      this.touched.delete(id);
    }
    try {
      await this.keys.touch(key.id, new Date(now), new Date(now - touchInterval));
      return true;
    } catch (error) {
      this.touched.delete(key.id);
      throw error;
    }
  }
}

/** @throws WeirError `missing_scope`, naming it. */
export function requireScope(principal: Principal, scope: Scope): void {
  if (principal.scopes.includes(scope)) return;
  throw new WeirError('missing_scope', `This needs a key with the scope ${scope}; an operator can grant one.`, {
    details: { scope, scopes: principal.scopes },
  });
}

function invalidKey(): WeirError {
  return new WeirError(
    'invalid_api_key',
    'The key in x-key is mistyped, revoked or expired; POST /users/key reissues yours.',
  );
}
