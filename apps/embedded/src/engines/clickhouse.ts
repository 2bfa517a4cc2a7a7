import { connectClickHouse, type ClickHouseClient, type ClickHouseSettings } from '@weir/adapter-clickhouse';
import { createChdbConnection } from 'chdb/connection';

const DATABASE = 'weir';

/**
 * ClickHouse in this process (chDB) behind the client that also speaks to a server. One a process, closed once. The
 * engine is one session: the client's `database` option does nothing here, and `USE` holds for all that follows.
 */
export async function startClickHouse(dataFolder: string): Promise<ClickHouseClient> {
  const settings: unknown = { connection: createChdbConnection({ path: dataFolder }) };
  const client = connectClickHouse(settings as ClickHouseSettings);
  await client.command({ query: `CREATE DATABASE IF NOT EXISTS ${DATABASE}` });
  await client.command({ query: `USE ${DATABASE}` });
  return client;
}
