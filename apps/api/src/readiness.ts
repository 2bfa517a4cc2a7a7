import { setTimeout as wait } from 'node:timers/promises';
import type { Readiness as State } from '@weir/api';
import type { StoreStatus } from '@weir/migrations';
import { toFailure } from '@weir/pipeline';
import type { Log } from '@weir/telemetry';

/** Milliseconds between two looks. */
const LOOK_EVERY = 2_000;

/**
 * Whether the API can be used: its databases have answered, and been migrated. It does not wait for figures; and once it
 * can be used it stays so, for what is away later is told by each answer, and by `/health`.
 */
export class Readiness {
  private waitingFor: string | null = 'PostgreSQL and ClickHouse';

  constructor(
    private readonly migrations: { status(): Promise<readonly StoreStatus[]> },
    private readonly log: Log,
    private readonly lookEvery = LOOK_EVERY,
  ) {}

  now(): State {
    return { ready: this.waitingFor === null, waitingFor: this.waitingFor };
  }

  /** Looks until it can be used, or the process stops; says what it waits for whenever that changes. */
  async await(stopping: AbortSignal): Promise<void> {
    let said: string | null = null;
    while (!stopping.aborted) {
      const { waitingFor, error } = await this.look();
      this.waitingFor = waitingFor;
      if (waitingFor === null) {
        this.log({ level: 'info', event: 'api_ready', message: 'API: its databases are there, and migrated' });
        return;
      }
      if (waitingFor !== said) {
        const message = `API: waits for ${waitingFor}`;
        this.log({ level: 'warn', event: 'api_waiting', message, ...(error === undefined ? {} : { error }) });
        said = waitingFor;
      }
      await wait(this.lookEvery, undefined, { signal: stopping }).catch(() => undefined);
    }
  }

  private async look(): Promise<{ readonly waitingFor: string | null; readonly error?: unknown }> {
    try {
      const stores = await this.migrations.status();
      const pending = stores.flatMap(({ store, migrations }) =>
        migrations.filter(({ state }) => state === 'pending').map(({ name }) => `${store}/${name}`),
      );
      if (pending.length === 0) return { waitingFor: null };
      return { waitingFor: `migrations: weir migrate run applies ${pending.join(', ')}` };
    } catch (error) {
      const { code, message, details } = toFailure(error);
      const away = { postgres: 'PostgreSQL', clickhouse: 'ClickHouse' }[String(details?.dependency)];
      return { waitingFor: away ?? `its databases: ${code}: ${message}`, error };
    }
  }
}
