import { randomUUID } from 'node:crypto';
import { emailTaken, foldEmail, UserRepository, type NewApiKey, type NewUser, type User } from '@weir/accounts';
import type { MemoryAccounts } from './memory-accounts.js';
import { unusedKey } from './memory-api-key.repository.js';

export class MemoryUserRepository extends UserRepository {
  constructor(private readonly accounts: MemoryAccounts) {
    super();
  }

  async create({ email, passwordHash }: NewUser, firstKey: NewApiKey): Promise<User> {
    if (this.withEmail(email) !== null) throw emailTaken(email);
    const user = { id: randomUUID(), email, passwordHash, createdAt: new Date() };
    this.accounts.users.set(user.id, user);
    this.accounts.keys.set(firstKey.id, unusedKey(user.id, firstKey));
    return user;
  }

  async findByEmail(email: string): Promise<User | null> {
    return this.withEmail(email);
  }

  async findById(id: string): Promise<User | null> {
    return this.accounts.users.get(id) ?? null;
  }

  private withEmail(email: string): User | null {
    const folded = foldEmail(email);
    return [...this.accounts.users.values()].find((user) => foldEmail(user.email) === folded) ?? null;
  }
}
