import { AccountsService, KeyService, PasswordHasher } from '@weir/accounts';
import { HealthService } from '@weir/api';
import type { Config } from '@weir/config';
import { runMigrations } from '@weir/migrations';
import { OperationsServer, socketPath, type WorkerDirectory } from '@weir/operations';
import { toFailure } from '@weir/pipeline';
import type { Log } from '@weir/telemetry';
import { embeddedOperations } from './embedded-operations.js';
import { lockHome } from './home/owner-lock.js';
import { Broadcast } from './monitor.js';
import { migrationPlans, startSystem, type System } from './system.js';

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
    if (migrate) await runMigrations(await migrationPlans(migrations.stores), migrations.lock);
    let server: OperationsServer | null = null;
    return {
      system,
      monitor,
      async answer(accounts, workers) {
        const health = new HealthService({ health: probes, readiness: () => ({ ready: true, waitingFor: null }), log });
        server = new OperationsServer(embeddedOperations(system, accounts, health, workers, monitor));
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

/** Accounts for a process that serves no API, and so has nobody to share a cache of keys with. */
export function accountsOf({ users, keys }: System, bcryptCost: number): AccountsService {
  return new AccountsService(users, keys, new KeyService(keys), new PasswordHasher(bcryptCost));
}
