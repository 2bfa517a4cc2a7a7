// What may run inside a workflow: pure code, and types. Everything else is reached through activities.
export { ingest } from './ingest.js';
export type { Activities } from '../contract/activities.js';
export type { Counts, IngestInput, IngestResult, Only } from '../contract/run.js';
