export {
  connectClickHouse,
  pingClickHouse,
  withClickHouse,
  type ClickHouseClient,
  type ClickHouseSettings,
} from './clickhouse.js';
export { ClickHouseMigrationStore } from './clickhouse-migration.store.js';
export { ClickHouseIncidenceRepository } from './clickhouse-incidence.repository.js';
export { ClickHouseRevisionStore } from './clickhouse-revision.store.js';
export { parquetLoader } from './parquet-loader.js';
export { ClickHouseSinkStore } from './clickhouse-sink-store.js';
