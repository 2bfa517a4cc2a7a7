import { ApiKeyRepository, isActive, type NewApiKey, type OwnedApiKey, type Replacement } from '@weir/accounts';
import { In, IsNull, LessThan, type DataSource } from 'typeorm';
import { withPostgres } from '../connection.js';
import { ApiKeyEntity } from './api-key.entity.js';
import { newKeyRow, toOwnedKey } from './key-row.js';
import { UserEntity } from './user.entity.js';

const oldestFirst = { createdAt: 'ASC', id: 'ASC' } as const;

export class TypeOrmApiKeyRepository extends ApiKeyRepository {
  constructor(private readonly source: DataSource) {
    super();
  }

  async insert(userId: string, key: NewApiKey): Promise<void> {
    await withPostgres(this.source, () => this.source.manager.insert(ApiKeyEntity, newKeyRow(userId, key)));
  }

  async find(id: string): Promise<OwnedApiKey | null> {
    const row = await withPostgres(this.source, () =>
      this.source.manager.findOne(ApiKeyEntity, { where: { id }, relations: { user: true } }),
    );
    return row === null ? null : toOwnedKey(row);
  }

  replace({ userId, origins, issue }: Replacement): Promise<string[]> {
    return withPostgres(this.source, () =>
      this.source.transaction(async (manager) => {
        // The lock on the user lets one replacement in at a time; the second sees the key of the first.
        await manager.findOneOrFail(UserEntity, { where: { id: userId }, lock: { mode: 'pessimistic_write' } });
        const standing = await manager.find(ApiKeyEntity, {
          where: { userId, origin: In([...origins]), revokedAt: IsNull() },
          order: oldestFirst,
        });
        const revokedAt = new Date();
        const ids = standing.map((key) => key.id);
        if (ids.length > 0) await manager.update(ApiKeyEntity, { id: In(ids) }, { revokedAt });
        const replaced = standing.filter((key) => isActive(key, revokedAt));
        await manager.insert(ApiKeyEntity, newKeyRow(userId, issue(replaced)));
        return ids;
      }),
    );
  }

  async revoke(id: string): Promise<boolean> {
    const { affected } = await withPostgres(this.source, () =>
      this.source.manager.update(ApiKeyEntity, { id, revokedAt: IsNull() }, { revokedAt: new Date() }),
    );
    return affected === 1;
  }

  async list(userId?: string): Promise<OwnedApiKey[]> {
    const rows = await withPostgres(this.source, () =>
      this.source.manager.find(ApiKeyEntity, {
        where: userId === undefined ? {} : { userId },
        relations: { user: true },
        order: oldestFirst,
      }),
    );
    return rows.map(toOwnedKey);
  }

  async touch(id: string, at: Date, unlessSince: Date): Promise<void> {
    await withPostgres(this.source, () =>
      this.source.manager.update(
        ApiKeyEntity,
        [
          { id, lastUsedAt: IsNull() },
          { id, lastUsedAt: LessThan(unlessSince) },
        ],
        { lastUsedAt: at },
      ),
    );
  }
}
