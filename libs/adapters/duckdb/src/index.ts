export type { DuckDbSettings } from './duckdb-instance.js';
export { openDuckDbWorkspace } from './duckdb-workspace.js';
export { jsonRecords, type JsonRecords, type JsonRecordsSettings, type SeriesLines } from './json-records.js';
