import { parseExpiry, type AccountsService } from '@weir/accounts';
import type { HealthService } from '@weir/api';
import { migrationStatus, runMigrations } from '@weir/migrations';
import type { Operations, WorkerDirectory } from '@weir/operations';
import { executeRun } from './execute-run.js';
import type { Broadcast } from './monitor.js';
import { migrationPlans, type System } from './system.js';

/** The operator's operations on the embedded system. `accounts` is the API's where one runs, so that both share its cache of keys. */
export function embeddedOperations(
  system: System,
  accounts: AccountsService,
  health: HealthService,
  workers: WorkerDirectory,
  monitor: Broadcast,
): Operations {
  const { migrations, services } = system;
  return {
    list: () => services.pipelines.summaries(),

    async run(request, report) {
      const stop = monitor.listen(report);
      try {
        const { run_id } = await executeRun(system, request);
        return await services.runs.details(run_id);
      } finally {
        stop();
      }
    },

    runs: ({ limit }) => services.runs.latest(limit),
    status: ({ id }) => services.runs.runOrTask(id),
    health: () => health.health(),
    workers: () => workers.all(),

    async migrateStatus() {
      const plans = await migrationPlans(migrations.stores);
      return Promise.all(plans.map(({ store, files }) => migrationStatus(store, files)));
    },

    async migrateRun({ dry_run }) {
      return runMigrations(await migrationPlans(migrations.stores), migrations.lock, dry_run);
    },

    keysCreate: ({ email, scopes, expires }) =>
      accounts.createKey(email, scopes, expires === undefined ? null : parseExpiry(expires, new Date())),
    keysReissue: ({ email }) => accounts.reissueKey(email),
    async keysRevoke(which) {
      if ('email' in which) return { revoked: await accounts.revokeKeysOf(which.email) };
      await accounts.revokeKey(which.id);
      return { revoked: [which.id] };
    },
    keysList: () => accounts.listKeys(),
  };
}
