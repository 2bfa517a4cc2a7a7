import type { WorkflowExecutionDescription } from '@temporalio/client';
import type { Progress } from '@weir/orchestration';

/** How far the step under way has got, by its last heartbeat; null where it has said nothing yet. */
export function progressOf({ raw }: Pick<WorkflowExecutionDescription, 'raw'>): Progress | null {
  for (const { heartbeatDetails } of raw.pendingActivities ?? []) {
    const data = heartbeatDetails?.payloads?.[0]?.data;
    if (!data) continue;
    const { progress } = JSON.parse(Buffer.from(data).toString('utf8')) as { readonly progress?: Progress | null };
    if (progress) return progress;
  }
  return null;
}
