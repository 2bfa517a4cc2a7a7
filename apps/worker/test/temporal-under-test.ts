import { compose } from './stack-under-test.js';

export interface ScheduleInfo {
  readonly recentActions?: readonly {
    /** ISO 8601: the time that was scheduled, and when it was done. */
    readonly scheduleTime: string;
    readonly actualTime: string;
    readonly startWorkflowResult?: { readonly workflowId: string };
  }[];
  readonly runningWorkflows?: readonly { readonly workflowId: string }[];
  /** Numbers, as JSON of protocol buffers writes them: texts; absent where 0. */
  readonly overlapSkipped?: string;
  readonly missedCatchupWindow?: string;
}

/** Temporal's own command line, in a container of its own. */
export async function temporal(...args: readonly string[]): Promise<string> {
  const run = ['run', '--rm', '-T', '--no-deps', '--quiet-pull', '--entrypoint', 'temporal', 'temporal-namespace'];
  return (await compose([...run, ...args])).stdout;
}

/** What Temporal knows of the schedule of a pipeline. */
export async function schedule(pipeline: string): Promise<ScheduleInfo> {
  const text = await temporal('schedule', 'describe', '--schedule-id', `weir/${pipeline}`, '--output', 'json');
  return (JSON.parse(text) as { info?: ScheduleInfo }).info ?? {};
}
