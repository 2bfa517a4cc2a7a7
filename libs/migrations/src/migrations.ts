import { migrationStatus, runMigrations, type StoreStatus } from './migrate.js';
import { readMigrations } from './migration-files.js';
import type { MigrationLock, MigrationStore } from './migration-store.js';

export interface MigratedStore {
  readonly store: MigrationStore;
  /** Where its files are. */
  readonly folder: string;
}

/** The databases of a system, each with the folder of its files; these are read anew at each call. */
export class Migrations {
  constructor(
    private readonly stores: readonly MigratedStore[],
    private readonly lock: MigrationLock,
  ) {}

  async status(): Promise<StoreStatus[]> {
    return Promise.all((await this.plans()).map(({ store, files }) => migrationStatus(store, files)));
  }

  /** Applies what is pending (see `runMigrations`). @returns what was, or in a dry run would be, applied: `store/name`. */
  async run(dryRun = false): Promise<string[]> {
    return runMigrations(await this.plans(), this.lock, dryRun);
  }

  private plans() {
    return Promise.all(this.stores.map(async ({ store, folder }) => ({ store, files: await readMigrations(folder) })));
  }
}
