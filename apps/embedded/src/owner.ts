import { AccountsService, KeyService, PasswordHasher } from '@weir/accounts';
import type { Config } from '@weir/config';
import {
  HealthService,
  OperationsServer,
  socketPath,
  systemOperations,
  type Operations,
  type WorkerDirectory,
} from '@weir/operations';
import { toFailure } from '@weir/pipeline';
import type { Log } from '@weir/telemetry';
import { lockHome } from './home/owner-lock.js';
import { Broadcast } from '@weir/orchestration';
import { startSystem, type System } from './system.js';

/** What a process has that owns the home folder. */
export interface Owner {
  readonly system: System;
  readonly monitor: Broadcast;
  /** Begins to answer the command line. */
  answer(accounts: AccountsService, workers: WorkerDirectory): Promise<OperationsServer>;
  close(): Promise<void>;
}

/**
 * Takes the home folder, opens the engines, and migrates them.
 * @param migrate false leaves pending migrations to the caller, who wants to look at them first.
 */
export async function takeOwnership(config: Config, log: Log, stopping: AbortSignal, migrate: boolean): Promise<Owner> {
  const lock = await lockHome(config.home);
  try {
    const monitor = new Broadcast((error) =>
      log({ level: 'error', event: 'monitor_failed', message: toFailure(error).message, error }),
    );
    const system = await startSystem(config, monitor, stopping);
    const { migrations, probes } = system;
    if (migrate) await migrations.run();
    let server: OperationsServer | null = null;
    return {
      system,
      monitor,
      async answer(accounts, workers) {
        const health = new HealthService(probes, (dependency, reason) => {
          const message = `${dependency} does not answer: ${reason}`;
          log({ level: 'warn', event: 'dependency_down', message, dependency, reason });
        });
        server = new OperationsServer(operationsOf(system, accounts, health, workers));
        await server.listen(socketPath(config.home));
        return server;
      },
      async close() {
        await server?.close();
        await system.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** What the command line asks of the embedded system. `accounts` is the API's where one runs, so that both share its cache of keys. */
function operationsOf(
  { launcher, migrations, services }: System,
  accounts: AccountsService,
  health: HealthService,
  workers: WorkerDirectory,
): Operations {
  return systemOperations({
    services,
    accounts,
    health,
    workers,
    // An engine in this process ends with it: nobody is told that a run has begun who could not see it end.
    run: (order, report) => launcher.execute(order, report),
    migrations,
  });
}

/** Accounts for a process that serves no API, and so has nobody to share a cache of keys with. */
export function accountsOf({ users, keys }: System, bcryptCost: number): AccountsService {
  return new AccountsService(users, keys, new KeyService(keys), new PasswordHasher(bcryptCost));
}
