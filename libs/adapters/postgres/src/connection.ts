import 'reflect-metadata';
import { WeirError } from '@weir/pipeline';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { ApiKeyEntity } from './accounts/api-key.entity.js';
import { UserEntity } from './accounts/user.entity.js';
import { postgresFailure } from './failure.js';
import { ImpatientClient } from './impatient-client.js';

/** Where PostgreSQL is: a URL, or its parts. `host` may be the folder of a Unix socket. */
export type PostgresAddress =
  | { readonly url: string }
  | {
      readonly host: string;
      readonly port: number;
      readonly user: string;
      readonly password: string;
      readonly database: string;
    };

export type PostgresSettings = PostgresAddress & {
  /** Connections, at most. */
  readonly poolSize: number;
};

/**
 * Milliseconds to wait for a connection, and for the answer to a query: a hanging server is one that is down. Long enough
 * for a process that is busy with something else to read the answer.
 */
const patience = { connect: 5_000, query: 10_000 };

/**
 * A pool that connects when something is first asked of it, and, where that failed, when something is asked next: whoever
 * is bound to it can be made while PostgreSQL is away. Tables are made by the migrations in postgres/migrations, never by
 * TypeORM.
 */
export function postgresPool(settings: PostgresSettings, { connect, query } = patience): DataSource {
  return new PostgresPool({
    type: 'postgres',
    ...address(settings),
    poolSize: settings.poolSize,
    connectTimeoutMS: connect,
    extra: { query_timeout: query, Client: ImpatientClient },
    applicationName: 'weir',
    entities: [UserEntity, ApiKeyEntity],
    synchronize: false,
    installExtensions: false,
    logging: false,
  });
}

/**
 * The same, connected.
 * @throws WeirError `dependency_unavailable`.
 */
export async function connectPostgres(settings: PostgresSettings, waits = patience): Promise<DataSource> {
  const pool = postgresPool(settings, waits);
  return withPostgres(pool, async () => pool);
}

/** Does something with PostgreSQL, once there is a connection; whatever fails becomes a WeirError. */
export async function withPostgres<T>(source: DataSource, action: () => Promise<T>): Promise<T> {
  try {
    if (source instanceof PostgresPool) await source.opened();
    return await action();
  } catch (error) {
    throw postgresFailure(error);
  }
}

class PostgresPool extends DataSource {
  private opening: Promise<unknown> | null = null;
  private closed = false;

  constructor(options: DataSourceOptions) {
    super(options);
  }

  async opened(): Promise<void> {
    if (this.isInitialized) return;
    // What comes too late must not open it again: nobody would close it.
    if (this.closed) throw new WeirError('stopping', 'PostgreSQL was let go of: the process is stopping');
    this.opening ??= this.initialize().finally(() => (this.opening = null));
    await this.opening;
  }

  override async destroy(): Promise<void> {
    this.closed = true;
    await this.opening?.catch(() => undefined);
    if (this.isInitialized) await super.destroy();
  }
}

function address(settings: PostgresSettings) {
  if ('url' in settings) return { url: settings.url };
  const { host, port, user, password, database } = settings;
  return { host, port, username: user, password, database };
}
