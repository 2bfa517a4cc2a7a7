import { WeirError } from '@weir/pipeline';
import type { Migration } from './migration-files.js';
import type { AppliedMigration, MigrationLock, MigrationStore } from './migration-store.js';

export interface MigrationState {
  readonly name: string;
  readonly state: 'applied' | 'pending' | 'edited' | 'missing' | 'out_of_order';
  readonly applied_at: string | null;
}

export interface StoreStatus {
  readonly store: string;
  readonly migrations: readonly MigrationState[];
}

/** How the files of a folder and what a database has had applied compare. Changes nothing. */
export async function migrationStatus(store: MigrationStore, files: readonly Migration[]): Promise<StoreStatus> {
  return { store: store.name, migrations: compare(files, await store.applied()) };
}

/**
 * Applies what is pending, in order, under the lock; refuses to touch anything (`migration_refused`) where a file was
 * edited after it was applied, vanished, or came too late to be applied in order.
 * @param dryRun only says what would be applied.
 * @returns the names of what was (or would be) applied, `store/name`.
 */
export async function runMigrations(
  stores: readonly { readonly store: MigrationStore; readonly files: readonly Migration[] }[],
  lock: MigrationLock,
  dryRun = false,
): Promise<string[]> {
  const work = async () => {
    const plans = [];
    for (const { store, files } of stores) plans.push({ store, pending: pending(store, files, await store.applied()) });
    const names = plans.flatMap(({ store, pending: migrations }) =>
      migrations.map(({ name }) => `${store.name}/${name}`),
    );
    if (dryRun) return names;
    for (const { store, pending: migrations } of plans) {
      for (const migration of migrations) await store.apply(migration);
    }
    return names;
  };
  return dryRun ? work() : lock.hold(work);
}

function pending(
  store: MigrationStore,
  files: readonly Migration[],
  applied: readonly AppliedMigration[],
): Migration[] {
  const states = compare(files, applied);
  const wrong = states.filter(({ state }) => state !== 'applied' && state !== 'pending');
  if (wrong.length > 0) {
    throw new WeirError(
      'migration_refused',
      `${store.name}: ${wrong.map(({ name, state }) => `${name}.sql ${REASONS[state as keyof typeof REASONS]}`).join('; ')}. Nothing was applied.`,
      { details: { store: store.name, migrations: wrong } },
    );
  }
  return files.filter((file) => states.some(({ name, state }) => name === file.name && state === 'pending'));
}

const REASONS = {
  edited: 'was edited after it was applied: restore it, and write a new migration for the change',
  missing: 'was applied here, but its file is gone: this is older code than the database has seen',
  out_of_order: 'has a number below one that was applied: give it the next free number',
};

function compare(files: readonly Migration[], applied: readonly AppliedMigration[]): MigrationState[] {
  const highest = Math.max(0, ...applied.map(({ number }) => number));
  const ofFiles = files.map((file): MigrationState => {
    const record = applied.find(({ number }) => number === file.number);
    if (!record) {
      return { name: file.name, state: file.number < highest ? 'out_of_order' : 'pending', applied_at: null };
    }
    const same = record.checksum === file.checksum && record.name === file.name;
    return { name: file.name, state: same ? 'applied' : 'edited', applied_at: record.applied_at };
  });
  const missing = applied
    .filter(({ number }) => !files.some((file) => file.number === number))
    .map(({ name, applied_at }): MigrationState => ({ name, state: 'missing', applied_at }));
  return [...ofFiles, ...missing].sort((a, b) => a.name.localeCompare(b.name));
}
