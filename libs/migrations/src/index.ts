export { readMigrations, type Migration } from './migration-files.js';
export { migrationStatus, runMigrations, type MigrationState, type StoreStatus } from './migrate.js';
export type { MigrationStore, MigrationLock, AppliedMigration } from './migration-store.js';
export { Migrations, type MigratedStore } from './migrations.js';
