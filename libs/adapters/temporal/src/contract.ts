import type { Branch } from '@weir/pipeline';
import type { Only } from '@weir/orchestration/workflow';

/** The name of the workflow, and so what Temporal's page calls a run's type. */
export const WORKFLOW_TYPE = 'ingest';

/** What the workflow starts with. */
export interface IngestRequest {
  /** Null where nobody recorded the run yet: a schedule's. The workflow then makes an id up. */
  readonly run_id: string | null;
  readonly pipeline: string;
  readonly branch: Branch | null;
  readonly only: Only | null;
  readonly from_run: string | null;
}

/**
 * What a run can be found by on Temporal's page. They have to be registered in the namespace (the compose file does), or
 * workflows that set them do not go on.
 */
export const searchAttributes = {
  pipeline: 'WeirPipeline',
  branch: 'WeirBranch',
  runId: 'WeirRunId',
  status: 'WeirStatus',
  extracted: 'WeirExtracted',
  rejected: 'WeirRejected',
  published: 'WeirPublished',
} as const;
