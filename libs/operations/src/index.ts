export type {
  Operations,
  OperationName,
  PipelineSummary,
  RunRequest,
  RunDetails,
  Health,
  Report,
} from './operations.js';
export type { Page } from '@weir/record';
// Those who show runs need no more of the orchestration than what a run is.
export type { Run, RunStatus } from '@weir/orchestration';
export { RunsService, type RejectsQuery, type RunQuery } from './runs/runs.service.js';
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
export { WorkerDirectory, type Worker } from './workers/worker-directory.js';
export { WorkersService } from './workers/workers.service.js';
export { OperationsServer } from './socket/operations-server.js';
export { operationsClient } from './socket/operations-client.js';
export { socketFolder, socketPath } from './socket/socket-path.js';
export { progressView, type ProgressView } from './terminal/progress-view.js';
