export { ingest } from './ingest.workflow.js';
