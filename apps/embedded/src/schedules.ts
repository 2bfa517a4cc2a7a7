import { Cron } from 'croner';
import type { Logger } from 'pino';
import { toFailure } from '@weir/pipeline';
import { executeRun } from './execute-run.js';
import type { System } from './system.js';

/**
 * Runs every scheduled pipeline by its cron, in UTC. A time at which the pipeline is still running is skipped, and so is
 * one that passed while no process was there: the next start looks for itself.
 * @param loaded is told when a run shows that its pipeline's history is there.
 * @returns what ends it.
 */
export async function startSchedules(
  system: System,
  log: Logger,
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
          const run = await executeRun(system, { pipeline, branch: null, only: null });
          const fields = {
            event: 'scheduled_run',
            run_id: run.run_id,
            pipeline,
            branch: run.branch,
            status: run.status,
            counts: run.counts,
          };
          if (run.status === 'failed') log.error({ ...fields, error: run.error }, 'scheduled run failed');
          else {
            loaded(pipeline);
            log.info(fields, 'scheduled run ended');
          }
        } catch (error) {
          log.error({ event: 'scheduled_run', pipeline, error: toFailure(error) }, 'scheduled run could not start');
        }
      }),
    );
  }
  return () => {
    for (const job of jobs) job.stop();
  };
}
