export type {
  Operations,
  OperationName,
  PipelineSummary,
  RunRequest,
  RunDetails,
  Health,
  Report,
} from './operations.js';
export { OperationsServer } from './socket/operations-server.js';
export { operationsClient } from './socket/operations-client.js';
export { socketFolder, socketPath } from './socket/socket-path.js';
export { progressView, type ProgressView } from './terminal/progress-view.js';
