import { setTimeout as wait } from 'node:timers/promises';
import type { MigrationLock } from '@weir/migrations';
import { WeirError } from '@weir/pipeline';
import type { DataSource, QueryRunner } from 'typeorm';
import { withPostgres } from '../connection.js';

/** A number of our own among the advisory locks of the database: "weir" as text. */
const LOCK = 0x77656972;
/** Milliseconds between two tries, and how long to try: who comes second finds everything applied. */
const TRY_EVERY = 500;
const TRY_FOR = 300_000;

/**
 * Lets one of several migrate jobs in at a time. An advisory lock on a connection that does nothing else: PostgreSQL lets
 * go of it when that connection ends, however its process does. Not for the embedded PostgreSQL, whose connections are one
 * session, which is granted its own lock once more.
 */
export class PostgresMigrationLock implements MigrationLock {
  constructor(
    private readonly source: DataSource,
    private readonly tryFor = TRY_FOR,
  ) {}

  async hold<T>(work: () => Promise<T>): Promise<T> {
    const connection = await withPostgres(this.source, async () => {
      const runner = this.source.createQueryRunner();
      await runner.connect();
      return runner;
    });
    try {
      await this.take(connection);
      try {
        return await work();
      } finally {
        // A connection that broke has let go of it already.
        await connection.query('SELECT pg_advisory_unlock($1)', [LOCK]).catch(() => undefined);
      }
    } finally {
      await connection.release().catch(() => undefined);
    }
  }

  private async take(connection: QueryRunner): Promise<void> {
    const deadline = Date.now() + this.tryFor;
    for (;;) {
      const [{ taken } = { taken: false }] = await withPostgres(
        this.source,
        async () =>
          (await connection.query('SELECT pg_try_advisory_lock($1) AS taken', [LOCK])) as { taken: boolean }[],
      );
      if (taken) return;
      if (Date.now() > deadline) throw await this.refusal();
      await wait(TRY_EVERY);
    }
  }

  private async refusal(): Promise<WeirError> {
    const [holder] = await withPostgres(this.source, () =>
      this.source.query<{ pid: number; client: string | null; since: Date }[]>(
        `SELECT pid, host(client_addr) AS client, backend_start AS since FROM pg_stat_activity
         WHERE pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objid = $1
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))`,
        [LOCK],
      ),
    );
    const who = holder
      ? `PostgreSQL's process ${holder.pid} for ${holder.client ?? 'a local client'}, since ${holder.since.toISOString()}`
      : 'it has just ended';
    return new WeirError('migration_locked', `another process is migrating (${who}); try again when it has ended`, {
      retryable: true,
    });
  }
}
