import {
  ApiKeyRepository,
  isActive,
  type ApiKey,
  type NewApiKey,
  type OwnedApiKey,
  type Replacement,
} from '@weir/accounts';
import type { MemoryAccounts } from './memory-accounts.js';

export class MemoryApiKeyRepository extends ApiKeyRepository {
  constructor(private readonly accounts: MemoryAccounts) {
    super();
  }

  async insert(userId: string, key: NewApiKey): Promise<void> {
    this.accounts.keys.set(key.id, unusedKey(userId, key));
  }

  async find(id: string): Promise<OwnedApiKey | null> {
    const key = this.accounts.keys.get(id);
    return key === undefined ? null : this.owned(key);
  }

  async replace({ userId, origins, issue }: Replacement): Promise<string[]> {
    const revokedAt = new Date();
    const standing = [...this.accounts.keys.values()].filter(
      (key) => key.userId === userId && origins.includes(key.origin) && key.revokedAt === null,
    );
    const issued = issue(standing.filter((key) => isActive(key, revokedAt)));
    for (const key of standing) this.accounts.keys.set(key.id, { ...key, revokedAt });
    this.accounts.keys.set(issued.id, unusedKey(userId, issued));
    return standing.map((key) => key.id);
  }

  async revoke(id: string): Promise<boolean> {
    const key = this.accounts.keys.get(id);
    if (key === undefined || key.revokedAt !== null) return false;
    this.accounts.keys.set(id, { ...key, revokedAt: new Date() });
    return true;
  }

  async list(userId?: string): Promise<OwnedApiKey[]> {
    const keys = [...this.accounts.keys.values()].filter((key) => userId === undefined || key.userId === userId);
    return keys.map((key) => this.owned(key));
  }

  async touch(id: string, at: Date, unlessSince: Date): Promise<void> {
    const key = this.accounts.keys.get(id);
    if (key === undefined || (key.lastUsedAt !== null && key.lastUsedAt >= unlessSince)) return;
    this.accounts.keys.set(id, { ...key, lastUsedAt: at });
  }

  private owned(key: ApiKey): OwnedApiKey {
    return { key, email: this.accounts.users.get(key.userId)?.email ?? '' };
  }
}

export function unusedKey(userId: string, key: NewApiKey): ApiKey {
  return { ...key, userId, createdAt: new Date(), revokedAt: null, lastUsedAt: null };
}
