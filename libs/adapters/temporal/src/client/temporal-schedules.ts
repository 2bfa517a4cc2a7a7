import { createHash } from 'node:crypto';
import {
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  type ScheduleClient,
  type ScheduleOptions,
} from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import type { Plan } from '@weir/pipeline';
import { searchAttributes, WORKFLOW_TYPE, type IngestRequest } from '../contract.js';
import { withTemporal } from './failure.js';

export interface ScheduleChange {
  readonly pipeline: string;
  readonly change: 'created' | 'updated' | 'removed';
}

/**
 * Temporal's schedules, kept as the pipeline files declare them: cron in UTC, a time that finds the run before it still
 * under way is skipped, times that were missed are caught up within the declared window. Bears to be done by several
 * processes at once.
 */
export class TemporalSchedules {
  /** Of the schedules' ids: each queue has its own, so that two systems in one namespace leave one another's alone. */
  private readonly prefix: string;

  constructor(
    private readonly client: ScheduleClient,
    private readonly taskQueue: string,
  ) {
    this.prefix = `${taskQueue}/`;
  }

  /**
   * @param plans of every pipeline whose file is right.
   * @param broken names of the others: their schedules stay as they are.
   * @returns what it changed. A new schedule begins with a run at once: the history should not wait for the next full five minutes.
   */
  async keep(plans: readonly Plan[], broken: readonly string[]): Promise<ScheduleChange[]> {
    return withTemporal(async () => {
      const changes: ScheduleChange[] = [];
      const scheduled = plans.filter((plan) => plan.schedule !== null);
      for (const plan of scheduled) {
        const change = await this.keepOne(plan);
        if (change) changes.push({ pipeline: plan.name, change });
      }
      const wanted = new Set([...scheduled.map(({ name }) => name), ...broken].map((name) => this.prefix + name));
      for await (const { scheduleId } of this.client.list()) {
        if (!scheduleId.startsWith(this.prefix) || wanted.has(scheduleId)) continue;
        await this.remove(scheduleId);
        changes.push({ pipeline: scheduleId.slice(this.prefix.length), change: 'removed' });
      }
      return changes;
    });
  }

  private async keepOne(plan: Plan): Promise<ScheduleChange['change'] | null> {
    const scheduleId = this.prefix + plan.name;
    const declared = declaration(plan, this.taskQueue);
    const mark = markOf(declared);
    const handle = this.client.getHandle(scheduleId);
    try {
      const { state } = await handle.describe();
      if (state.note?.includes(mark)) return null;
      // Whoever paused it wants it paused.
      await handle.update(({ state: { paused } }) => ({ ...declared, state: { paused, note: noteOf(plan, mark) } }));
      return 'updated';
    } catch (error) {
      if (!(error instanceof ScheduleNotFoundError)) throw error;
    }
    try {
      const created = await this.client.create({ ...declared, scheduleId, state: { note: noteOf(plan, mark) } });
      // Not by `triggerImmediately`: what that begins may overlap with anything, so that the next time would not be skipped for it.
      await created.trigger('SKIP');
      return 'created';
    } catch (error) {
      // Another worker was quicker.
      if (error instanceof ScheduleAlreadyRunning) return null;
      throw error;
    }
  }

  private async remove(scheduleId: string): Promise<void> {
    try {
      await this.client.getHandle(scheduleId).delete();
    } catch (error) {
      if (!(error instanceof ScheduleNotFoundError)) throw error;
    }
  }
}

function declaration(plan: Plan, taskQueue: string) {
  const { name, schedule } = plan;
  const request: IngestRequest = { run_id: null, pipeline: name, branch: null, only: null, from_run: null };
  return {
    spec: { cronExpressions: schedule ? [schedule.cron] : [], timezone: 'UTC' },
    policies: { overlap: 'SKIP' as const, catchupWindow: (schedule?.catchUpSeconds ?? 0) * 1000 },
    action: {
      type: 'startWorkflow' as const,
      workflowType: WORKFLOW_TYPE,
      // Temporal adds the time for which it was scheduled: two workers, or two attempts, begin one run.
      workflowId: `${name}/schedule`,
      taskQueue,
      args: [request],
      typedSearchAttributes: [{ key: defineSearchAttributeKey(searchAttributes.pipeline, 'KEYWORD'), value: name }],
    },
  } satisfies Omit<ScheduleOptions, 'scheduleId'>;
}

function markOf(declared: object): string {
  return `[declared ${createHash('sha256').update(JSON.stringify(declared)).digest('hex').slice(0, 12)}]`;
}

function noteOf({ name }: Plan, mark: string): string {
  return `Kept as pipelines/${name}/pipeline.yaml declares it; change it there. ${mark}`;
}
