import type { NewApiKey, OwnedApiKey } from '@weir/accounts';
import type { ApiKeyEntity } from './api-key.entity.js';

/** The columns of a key that was never used. */
export function newKeyRow(userId: string, { id, secretSha256, scopes, origin, expiresAt }: NewApiKey) {
  return { id, userId, secretSha256, scopes: [...scopes], origin, expiresAt };
}

/** A row that was read together with its user. */
export function toOwnedKey({ user, ...key }: ApiKeyEntity): OwnedApiKey {
  return { key, email: user.email };
}
