import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The embedded ClickHouse of a home: one in a process, of its own folder. */
export async function openClickHouse(home) {
  const { startClickHouse } = await import('../../apps/embedded/dist/engines/clickhouse.js');
  return startClickHouse(join(home, 'clickhouse'));
}

/** The project's own tables. */
export async function migrate(client) {
  const { ClickHouseMigrationStore } = await import('@weir/adapter-clickhouse');
  const { readMigrations, runMigrations } = await import('@weir/migrations');
  const files = await readMigrations(join(root, 'clickhouse/migrations'));
  await runMigrations([{ store: new ClickHouseMigrationStore(client), files }], { hold: (work) => work() });
}

/** Shows readers what was inserted as revision 1 of `covid`. */
export async function commit(client, rows) {
  await client.command({
    query: `INSERT INTO incidence_commits (dataset, revision, run_id, pipeline, branch, plan_hash, sources_hash, rows)
      VALUES ('covid', 1, 'bench', 'covid', 'backfill', '', '', ${rows})`,
  });
}

/** Of the filled table: regions, days of each, rows. */
export const REGIONS = 700;
export const DAYS = 1_430;
export const ROWS = REGIONS * DAYS;

/** The code of a region of the filled table, by its number from 0. */
export const regionCode = (number) => `R-${String(number).padStart(4, '0')}`;

/** Commits a million rows to the home, in which nothing is yet. */
export async function fill(home) {
  const client = await openClickHouse(home);
  await migrate(client);
  await client.command({
    query: `INSERT INTO incidence_revisions
      SELECT 'covid', concat('R-', leftPad(toString(intDiv(number, ${DAYS})), 4, '0')),
        concat('Region ', toString(intDiv(number, ${DAYS}))), toDate32('2020-01-01') + number % ${DAYS},
        number % 997 / 7, number % 13, if(number % 5 = 0, NULL, number % 101), NULL,
        if(number % 3 = 0, 'spread', 'reported'), if(number % 11 = 0, ['new_deaths'], []), 'bench', 'bench', 1, false
      FROM numbers(${ROWS})`,
  });
  await commit(client, ROWS);
  await client.close();
}
