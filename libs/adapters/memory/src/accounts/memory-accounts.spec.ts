import { accountsContract } from '@weir/testing';
import { MemoryAccounts, MemoryApiKeyRepository, MemoryUserRepository } from '../index.js';

describe('accounts in memory', () => {
  accountsContract(() => {
    const accounts = new MemoryAccounts();
    return { users: new MemoryUserRepository(accounts), keys: new MemoryApiKeyRepository(accounts) };
  });
});
