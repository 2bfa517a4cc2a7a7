export type {
  Operations,
  OperationName,
  PipelineSummary,
  RunRequest,
  RunOrder,
  RunDetails,
  Report,
} from './operations.js';
export type { Page } from '@weir/record';
// Those who show runs need no more of the orchestration than what a run is.
export type { Run, RunStatus } from '@weir/orchestration';
export { systemOperations, type OperatedSystem } from './system-operations.js';
export {
  HealthService,
  type DependencyDown,
  type DependencyHealth,
  type Health,
  type HealthProbe,
} from './health/health.service.js';
export { serveProbes, type ProbePages, type ProbeServer } from './health/probe-server.js';
export { RunLauncher, type LauncherSettings } from './runs/run-launcher.js';
export { RunsService, type RejectsQuery, type RunQuery } from './runs/runs.service.js';
export type { PipelineRuns, RunOverview } from './runs/run-overview.js';
export { RunStateWatch } from './runs/run-state-watch.js';
export type { RunReport, TaskReport } from './runs/run-report.js';
export { artefactKinds, type Artefact, type ArtefactKind } from './runs/artefacts.js';
export type { Reject } from './runs/rejects-file.js';
export { PipelinesService, type PipelineCatalogue, type PipelineLookups } from './pipelines/pipelines.service.js';
export type {
  BranchView,
  FileProblem,
  PipelineEntry,
  PipelineStatus,
  PipelineView,
} from './pipelines/pipeline-view.js';
export { pipelineLookups } from './pipelines/pipeline-lookups.js';
export {
  DeadLettersService,
  type DeadLetterListQuery,
  type ReplayReport,
} from './dead-letters/dead-letters.service.js';
export type { DeadLetterView, PublicDeadLetter } from './dead-letters/dead-letter-view.js';
export { letterStates, type LetterState } from './dead-letters/letter-cursor.js';
export { ReplayAftermath, type AftermathSettings, type RevisionReplay } from './dead-letters/replay-aftermath.js';
export type { ReplayLog } from './dead-letters/replay-log.js';
export { WorkerDirectory, type Worker } from './workers/worker-directory.js';
export { WorkersService } from './workers/workers.service.js';
export { OperationsServer } from './socket/operations-server.js';
export { operationsClient } from './socket/operations-client.js';
export { socketFolder, socketPath } from './socket/socket-path.js';
export { progressView, type ProgressView } from './terminal/progress-view.js';
export { SinkKeeper, type KeeperSettings, type KeptSink } from './sink/sink-keeper.js';
export { serveKeeper, type KeeperPages, type KeeperServer } from './sink/keeper-server.js';
export { sinkChecks, type SinkCheck, type SinkReason, type SinkReport } from './sink/sink-report.js';
export type { SinkEvent } from './sink/sink-event.js';
export type {
  ConnectorCondition,
  ConnectorHost,
  DeadLetterCounts,
  DeclaredConnector,
  FoundConnector,
  KeptLetters,
  ReplayCount,
  SinkStore,
  SinkTopics,
  StoreCondition,
  StoreProblem,
  TopicLag,
} from './sink/ports.js';
