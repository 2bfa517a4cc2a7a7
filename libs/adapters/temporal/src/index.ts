export { searchAttributes, WORKFLOW_TYPE, type IngestRequest } from './contract.js';
export { Reconciler, type ReconcilerSettings } from './client/reconciler.js';
export { executionOf, TemporalEngine, type TemporalSettings } from './client/temporal-engine.js';
export type { ScheduleChange, TemporalSchedules } from './client/temporal-schedules.js';
