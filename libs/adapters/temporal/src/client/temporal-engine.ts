import {
  Client,
  Connection,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  type WorkflowExecutionDescription,
  type WorkflowHandle,
} from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import type { IngestInput, IngestResult, Progress, RunEngine } from '@weir/orchestration';
import { searchAttributes, WORKFLOW_TYPE, type IngestRequest } from '../contract.js';
import { resultOf } from './execution-result.js';
import { withTemporal } from './failure.js';
import { progressOf } from './pending-progress.js';
import { TemporalSchedules } from './temporal-schedules.js';

export interface TemporalSettings {
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly tls?: boolean;
  readonly apiKey?: string | null;
}

/** Milliseconds between two looks at how far a run has got. */
const LOOK_EVERY = 500;

/** Temporal as the engine of runs: begins, follows and cancels them, from any process. Connects at the first call. */
export class TemporalEngine implements RunEngine {
  private readonly connection: Connection;
  private readonly client: Client;
  readonly schedules: TemporalSchedules;
  /** Calls that have no answer yet. */
  private pending = 0;

  constructor(private readonly settings: TemporalSettings) {
    this.connection = Connection.lazy(connectionOf(settings));
    this.client = new Client({ connection: this.connection, namespace: settings.namespace });
    this.schedules = new TemporalSchedules(this.client.schedule, settings.taskQueue);
  }

  async start(input: IngestInput): Promise<void> {
    const { run_id, pipeline, branch, only, from_run } = input;
    const request: IngestRequest = { run_id, pipeline, branch, only, from_run };
    await this.asking(async () => {
      try {
        await this.client.workflow.start(WORKFLOW_TYPE, {
          workflowId: executionOf(input),
          taskQueue: this.settings.taskQueue,
          args: [request],
          workflowIdConflictPolicy: 'USE_EXISTING',
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          typedSearchAttributes: [
            { key: defineSearchAttributeKey(searchAttributes.runId, 'KEYWORD'), value: run_id },
            { key: defineSearchAttributeKey(searchAttributes.pipeline, 'KEYWORD'), value: pipeline },
          ],
        });
      } catch (error) {
        // It has begun, and ended.
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      }
    });
  }

  async follow(input: IngestInput, report: (progress: Progress) => void): Promise<IngestResult> {
    const handle = this.handleOf(input);
    const looks = setInterval(() => void this.look(handle, input, report), LOOK_EVERY);
    try {
      return await this.asking(() => resultOf(input.run_id, handle.result() as Promise<IngestResult>));
    } finally {
      clearInterval(looks);
    }
  }

  async cancel(input: IngestInput): Promise<void> {
    await this.asking(async () => {
      try {
        await this.handleOf(input).cancel();
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
    });
  }

  /** Whether a run is executed by somebody, or will be; false where its workflow has ended, or there never was one. */
  async isOpen(input: IngestInput): Promise<boolean> {
    return this.asking(async () => {
      const description = await this.describe(input);
      return description?.status.name === 'RUNNING';
    });
  }

  /** Rejects where Temporal or the namespace does not answer. */
  async ping(): Promise<void> {
    await this.asking(() =>
      this.connection.withDeadline(Date.now() + 3_000, async () => {
        await this.connection.workflowService.describeNamespace({ namespace: this.settings.namespace });
      }),
    );
  }

  /** A call under way tries again by a timer, and throws where nobody can catch it when its channel is gone: then it stays open. */
  async close(): Promise<void> {
    if (this.pending === 0) await this.connection.close();
  }

  private async asking<T>(action: () => Promise<T>): Promise<T> {
    this.pending += 1;
    try {
      return await withTemporal(action);
    } finally {
      this.pending -= 1;
    }
  }

  private async look(handle: WorkflowHandle, { run_id }: IngestInput, report: (progress: Progress) => void) {
    // Nothing depends on it: the next look may find out.
    const description = await handle.describe().catch(() => null);
    const progress = description && progressOf(description);
    if (progress?.run_id === run_id) report(progress);
  }

  private async describe(input: IngestInput): Promise<WorkflowExecutionDescription | null> {
    try {
      return await this.handleOf(input).describe();
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      throw error;
    }
  }

  private handleOf(input: IngestInput): WorkflowHandle {
    return this.client.workflow.getHandle(executionOf(input));
  }
}

/** How a connection is asked for, by whoever makes one. */
export function connectionOf({ address, tls, apiKey }: Omit<TemporalSettings, 'namespace' | 'taskQueue'>) {
  return { address, ...(tls ? { tls: true } : {}), ...(apiKey ? { apiKey } : {}) };
}

/** The workflow's id: the pipeline, and what makes the run one: an idempotency key, a schedule's time, or its own id. */
export function executionOf({ execution, pipeline, run_id }: IngestInput): string {
  return execution ?? `${pipeline}/${run_id}`;
}
