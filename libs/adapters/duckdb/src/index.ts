export { openDuckDbWorkspace, type DuckDbSettings } from './duckdb-workspace.js';
