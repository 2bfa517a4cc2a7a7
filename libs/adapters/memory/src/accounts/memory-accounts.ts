import type { ApiKey, User } from '@weir/accounts';

/** What the two repositories of accounts share: the tables, so to speak. */
export class MemoryAccounts {
  /** By id. */
  readonly users = new Map<string, User>();
  /** By id, oldest first. */
  readonly keys = new Map<string, ApiKey>();
}
