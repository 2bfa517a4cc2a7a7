import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { ApiKeyEntity } from './accounts/api-key.entity.js';
import { UserEntity } from './accounts/user.entity.js';
import { withPostgres } from './failure.js';
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
 * Opens a pool. Tables are made by the migrations in postgres/migrations, never by TypeORM.
 * @throws WeirError `dependency_unavailable`.
 */
export async function connectPostgres(settings: PostgresSettings, { connect, query } = patience): Promise<DataSource> {
  const source = new DataSource({
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
  return withPostgres(() => source.initialize());
}

function address(settings: PostgresSettings) {
  if ('url' in settings) return { url: settings.url };
  const { host, port, user, password, database } = settings;
  return { host, port, username: user, password, database };
}
