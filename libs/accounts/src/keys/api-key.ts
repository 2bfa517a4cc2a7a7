/** What a key may do: read the figures, or run pipelines. */
export const scopes = ['data', 'pipelines'] as const;
export type Scope = (typeof scopes)[number];

/**
 * Who issued a key. A user has at most one active `self_service` key, which they replace with their password; what an
 * operator grants is neither revoked nor inherited that way, because addresses are not verified at registration.
 */
export type KeyOrigin = 'self_service' | 'operator';

export interface NewApiKey {
  /** 8 characters, base62: the part of the key that is no secret. */
  readonly id: string;
  /** 32 bytes. */
  readonly secretSha256: Buffer;
  readonly scopes: readonly Scope[];
  readonly origin: KeyOrigin;
  readonly expiresAt: Date | null;
}

export interface ApiKey extends NewApiKey {
  readonly userId: string;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

export function isActive(key: ApiKey, now: Date): boolean {
  return key.revokedAt === null && (key.expiresAt === null || key.expiresAt > now);
}

/** The holder of a key. */
export interface Principal {
  readonly user_id: string;
  readonly email: string;
  readonly key_id: string;
  readonly scopes: readonly Scope[];
}
