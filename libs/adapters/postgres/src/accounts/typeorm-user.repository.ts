import { emailTaken, foldEmail, UserRepository, type NewApiKey, type NewUser, type User } from '@weir/accounts';
import type { DataSource } from 'typeorm';
import { withPostgres } from '../connection.js';
import { isUniqueViolation } from '../failure.js';
import { ApiKeyEntity } from './api-key.entity.js';
import { newKeyRow } from './key-row.js';
import { UserEntity } from './user.entity.js';

export class TypeOrmUserRepository extends UserRepository {
  constructor(private readonly source: DataSource) {
    super();
  }

  create(user: NewUser, firstKey: NewApiKey): Promise<User> {
    const { email, passwordHash } = user;
    return withPostgres(this.source, async () => {
      try {
        return await this.source.transaction(async (manager) => {
          const row = manager.create(UserEntity, { email, emailFolded: foldEmail(email), passwordHash });
          await manager.insert(UserEntity, row);
          await manager.insert(ApiKeyEntity, newKeyRow(row.id, firstKey));
          return toUser(row);
        });
      } catch (error) {
        throw isUniqueViolation(error, 'users_email_folded_key') ? emailTaken(email) : error;
      }
    });
  }

  findByEmail(email: string): Promise<User | null> {
    return this.findOne({ emailFolded: foldEmail(email) });
  }

  findById(id: string): Promise<User | null> {
    return this.findOne({ id });
  }

  private async findOne(where: { emailFolded: string } | { id: string }): Promise<User | null> {
    const row = await withPostgres(this.source, () => this.source.manager.findOneBy(UserEntity, where));
    return row === null ? null : toUser(row);
  }
}

function toUser({ id, email, passwordHash, createdAt }: UserEntity): User {
  return { id, email, passwordHash, createdAt };
}
