import { parseExpiry, type AccountsService } from '@weir/accounts';
import type { StoreStatus } from '@weir/migrations';
import type { DeadLettersService } from './dead-letters/dead-letters.service.js';
import type { HealthService } from './health/health.service.js';
import type { Operations, RunOrder, Report } from './operations.js';
import type { PipelinesService } from './pipelines/pipelines.service.js';
import type { RunsService } from './runs/runs.service.js';
import type { WorkerDirectory } from './workers/worker-directory.js';

/** What a process binds, for the operator's commands to work on. */
export interface OperatedSystem {
  readonly services: {
    readonly runs: RunsService;
    readonly pipelines: PipelinesService;
    readonly deadLetters: DeadLettersService;
  };
  readonly accounts: AccountsService;
  readonly health: HealthService;
  readonly workers: WorkerDirectory;
  readonly migrations: {
    status(): Promise<readonly StoreStatus[]>;
    /** @returns what was, or in a dry run would be, done: `store/name`. */
    run(dryRun: boolean): Promise<readonly string[]>;
  };
  /** Begins a run, or executes it to its end. @returns its id. */
  readonly run: (order: RunOrder, report: Report) => Promise<{ readonly run_id: string }>;
}

/** The operator's operations, the same whatever the system is made of. */
export function systemOperations(system: OperatedSystem): Operations {
  const { accounts, health, migrations, services, workers } = system;
  return {
    list: () => services.pipelines.summaries(),
    async run(order, report) {
      const { run_id } = await system.run(order, report);
      return services.runs.details(run_id);
    },
    runs: ({ limit }) => services.runs.latest(limit),
    status: ({ id }) => services.runs.runOrTask(id),
    health: () => health.health(),
    workers: () => workers.all(),
    migrateStatus: () => migrations.status(),
    migrateRun: ({ dry_run }) => migrations.run(dry_run),
    dlqList: (query) => services.deadLetters.list(query),
    dlqShow: ({ id }) => services.deadLetters.show(id),
    dlqReplay: ({ ids }) => services.deadLetters.replay(ids),
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
