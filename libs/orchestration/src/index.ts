export type { Run, RunStatus, Counts, Task, Only, IngestInput, IngestResult } from './contract/run.js';
export type { RunRepository } from './contract/run.repository.js';
export type { Monitor, Progress } from './contract/monitor.js';
export type {
  Activities,
  StepInput,
  LandedCounts,
  TransformOutcome,
  CompareOutcome,
  FailureOf,
} from './contract/activities.js';
export { ingest } from './workflows/ingest.js';
export { createActivities } from './activities/create-activities.js';
export type { ActivityDependencies, PipelineAdapters } from './activities/dependencies.js';
export { planOfRun, type RunKey } from './activities/run-plan.js';
export { InlineEngine, type InlineEngineSettings } from './inline/inline-engine.js';
