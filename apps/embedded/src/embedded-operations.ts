import type { AccountsService } from '@weir/accounts';
import type { HealthService } from '@weir/api';
import { migrationStatus, runMigrations } from '@weir/migrations';
import type { Operations, PipelineSummary, RunDetails } from '@weir/operations';
import { WeirError } from '@weir/pipeline';
import { executeRun } from './execute-run.js';
import type { Broadcast } from './monitor.js';
import { migrationPlans, type System } from './system.js';

/** The operator's operations on the embedded system. `accounts` is the API's where one runs, so that both share its cache of keys. */
export function embeddedOperations(
  system: System,
  accounts: AccountsService,
  health: HealthService,
  monitor: Broadcast,
): Operations {
  const { catalogue, runs, migrations } = system;

  const details = async (runId: string): Promise<RunDetails | null> => {
    const run = await runs.find(runId);
    return run && { ...run, tasks: await runs.tasks(runId) };
  };

  return {
    async list() {
      const entries = await catalogue.all();
      return Promise.all(
        entries.map(async ({ name, plan, problems }): Promise<PipelineSummary> => {
          const [last_run = null] = await runs.list({ pipeline: name, limit: 1 });
          const branches = Object.entries(plan?.branches ?? {});
          return {
            name,
            description: plan?.description ?? '',
            source: branches.map(([branch, { source }]) => `${branch}: ${source.type}`).join(', '),
            sink: plan?.sink.type ?? '',
            schedule: plan?.schedule?.cron ?? null,
            last_run,
            problems,
          };
        }),
      );
    },

    async run(request, report) {
      const stop = monitor.listen(report);
      try {
        const run = await executeRun(system, request);
        return required(await details(run.run_id), run.run_id);
      } finally {
        stop();
      }
    },

    runs: ({ limit }) => runs.list({ limit }),

    async status({ id }) {
      return required((await details(id)) ?? (await runs.findTask(id)), id);
    },

    health: () => health.health(),

    async migrateStatus() {
      const plans = await migrationPlans(migrations.stores);
      return Promise.all(plans.map(({ store, files }) => migrationStatus(store, files)));
    },

    async migrateRun({ dry_run }) {
      return runMigrations(await migrationPlans(migrations.stores), migrations.lock, dry_run);
    },

    keysCreate: ({ email, scopes }) => accounts.createKey(email, scopes),
    keysReissue: ({ email }) => accounts.reissueKey(email),
    async keysRevoke({ id }) {
      await accounts.revokeKey(id);
      return { id };
    },
    keysList: () => accounts.listKeys(),
  };
}

function required<T>(found: T | null, id: string): T {
  if (found === null)
    throw new WeirError('not_found', `there is no run or task ${id}; \`npx weir status\` shows the latest runs`);
  return found;
}
