export { connectPostgres, type PostgresAddress, type PostgresSettings } from './connection.js';
export { postgresFailure, withPostgres, isUniqueViolation } from './failure.js';
export { TypeOrmUserRepository } from './accounts/typeorm-user.repository.js';
export { TypeOrmApiKeyRepository } from './accounts/typeorm-api-key.repository.js';
export { PostgresMigrationStore, PostgresMigrationLock } from './migrations/postgres-migration.store.js';
export { PostgresRunRepository } from './runs/postgres-run.repository.js';
