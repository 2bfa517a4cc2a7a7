export { bundleWorkflows } from './bundle-workflows.js';
export { tellProgress } from './heartbeats.js';
export { startWorker, type RunningWorker, type WorkerSettings } from './start-worker.js';
export { temporalActivities, type ActivitySettings } from './temporal-activities.js';
