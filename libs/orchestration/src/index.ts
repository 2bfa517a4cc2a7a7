export type { Run, RunStatus, Counts, Task, Only, IngestInput, IngestResult } from './contract/run.js';
export type { RunFilter, RunPage, RunRepository } from './contract/run.repository.js';
export type { RunEngine } from './contract/run-engine.js';
export { noScope, silentMonitor } from './contract/monitor.js';
export type {
  BatchLoaded,
  Monitor,
  Progress,
  RunEnded,
  RunLeftOpen,
  RunStarted,
  Scope,
  StepEnded,
  StepFailed,
} from './contract/monitor.js';
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
export { REJECTS_FILE, STATE_FILE } from './activities/artefacts.js';
export { historyLoaded } from './activities/check-history.js';
export { planOfRun, type RunKey } from './activities/run-plan.js';
export type { Steps, StepContext } from './contract/step.js';
export type { CommitOutcome } from './contract/activities.js';
export type { RunningStep, WorkDone } from './execution/work.js';
export { Broadcast } from './execution/broadcast.js';
export { FailedAttempt, StepRunner, type StepIds } from './execution/step-runner.js';
export type { RetrySettings } from './execution/retry.js';
export { InlineEngine, type InlineEngineSettings } from './inline/inline-engine.js';
