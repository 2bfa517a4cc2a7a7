import { Cron } from 'croner';
import { toFailure } from '@weir/pipeline';
import type { Log } from '@weir/telemetry';
import type { System } from './system.js';

/**
 * Runs every scheduled pipeline by its cron, in UTC. A time at which the pipeline is still running is skipped, and so is
 * one that passed while no process was there: the next start looks for itself. How a run ends is the monitor's to tell.
 * @param loaded is told when a run shows that its pipeline's history is there.
 * @returns what ends it.
 */
export async function startSchedules(
  system: System,
  log: Log,
  loaded: (pipeline: string) => void,
): Promise<() => void> {
  const jobs: Cron[] = [];
  for (const { plan } of await system.catalogue.all()) {
    if (!plan?.schedule) continue;
    const pipeline = plan.name;
    jobs.push(
      new Cron(plan.schedule.cron, { timezone: 'UTC', protect: true }, async () => {
        if (system.engine.isBusy(pipeline)) return;
        try {
          const { status } = await system.launcher.execute({ pipeline, branch: null, only: null });
          if (status !== 'failed') loaded(pipeline);
        } catch (error) {
          const { code, message } = toFailure(error);
          log({
            level: 'error',
            event: 'schedule_failed',
            message: `${pipeline}: no run of the schedule: ${message}`,
            pipeline,
            code,
          });
        }
      }),
    );
  }
  return () => {
    for (const job of jobs) job.stop();
  };
}
