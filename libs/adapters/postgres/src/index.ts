export {
  connectPostgres,
  postgresPool,
  withPostgres,
  type PostgresAddress,
  type PostgresSettings,
} from './connection.js';
export { postgresFailure, isUniqueViolation } from './failure.js';
export { TypeOrmUserRepository } from './accounts/typeorm-user.repository.js';
export { TypeOrmApiKeyRepository } from './accounts/typeorm-api-key.repository.js';
export { PostgresMigrationStore } from './migrations/postgres-migration.store.js';
export { PostgresMigrationLock } from './migrations/postgres-migration-lock.js';
export { PostgresRunRepository } from './runs/postgres-run.repository.js';
export { PostgresRunOverview } from './runs/postgres-run-overview.js';
export { PostgresWorkerDirectory, type WorkerReport } from './workers/postgres-worker-directory.js';
export { PostgresReplayLog } from './dead-letters/postgres-replay-log.js';
export { PostgresReplayCount } from './dead-letters/postgres-replay-count.js';
