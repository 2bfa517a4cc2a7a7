import {
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  proxyActivities,
  uuid4,
  workflowInfo,
} from '@temporalio/workflow';
import { ingest as run, type Activities, type IngestInput, type IngestResult } from '@weir/orchestration/workflow';
import type { IngestRequest } from '../contract.js';
import { failureOf } from './failure.js';
import { showBranch, showEnd, showRun } from './shown.js';
import { limitsOf } from './step-limits.js';

interface Recording {
  /** Writes down that there is such a run, for one that nobody asked for by hand. */
  record_run(input: IngestInput): Promise<void>;
}

const { record_run } = proxyActivities<Recording>(limitsOf('record_run'));

/** The steps, each with limits of its own; what they tell of the run is shown on Temporal's page. */
const activities: Activities = {
  open_run: step('open_run'),
  async check_history(input) {
    const check = await step('check_history')(input);
    showBranch(check);
    return check;
  },
  extract: step('extract'),
  transform: step('transform'),
  compare_with_stored: step('compare_with_stored'),
  load_data: step('load_data'),
  commit_run: step('commit_run'),
  // A run that is cancelled closes its record, too.
  close_run: (input) =>
    CancellationScope.nonCancellable(async () => {
      const ended = await step('close_run')(input);
      showEnd(ended, input.counts);
      return ended;
    }),
};

/**
 * A run of a pipeline, durably: the same function that the inline engine calls, over activities that any worker may
 * execute. It ends as Temporal sees it the way it ended as Weir sees it: completed, failed with the code, or cancelled.
 */
export async function ingest(request: IngestRequest): Promise<IngestResult> {
  const { pipeline, branch, only, from_run } = request;
  const run_id = request.run_id ?? uuid4();
  const input: IngestInput = { run_id, pipeline, branch, only, from_run, execution: workflowInfo().workflowId };
  showRun(input);
  if (request.run_id === null) await record_run(input);
  const result = await run(activities, input, failureOf);
  if (result.status === 'cancelled') throw new CancelledFailure('the run was cancelled');
  if (result.error) {
    const { code, message } = result.error;
    throw ApplicationFailure.create({ type: code, message, nonRetryable: true, details: [result.error] });
  }
  return result;
}

function step<Name extends keyof Activities>(name: Name): Activities[Name] {
  return proxyActivities<Activities>(limitsOf(name))[name];
}
