// The only entry of the workflow bundle: what is exported here can be started.
export { ingest } from '@weir/adapter-temporal/workflow';
