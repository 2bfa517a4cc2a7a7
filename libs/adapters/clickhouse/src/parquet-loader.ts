import type { RecordChunk } from '@weir/pipeline';
import { withClickHouse, type ClickHouseClient } from './clickhouse.js';

/** Fields that stand in the file, with their types: without them ClickHouse would guess from the table it inserts into. */
const FIELDS = {
  region: 'String',
  region_name: 'String',
  date: 'Date32',
  new_cases: 'Nullable(Float64)',
  new_deaths: 'Nullable(Float64)',
  new_recovered: 'Nullable(Float64)',
  new_hospitalized: 'Nullable(Float64)',
  basis: 'String',
  filled: 'Array(String)',
  source: 'String',
  withdrawn: 'Bool',
};

/** Both halves of the time go without these: rows of a chunk differ, so that there is nothing to merge in it. */
const SETTINGS = 'optimize_on_insert = 0, max_insert_threads = 2';

const NAMES = Object.keys(FIELDS).join(', ');
const STRUCTURE = Object.entries({ ordinal: 'Int64', ...FIELDS })
  .map(([name, type]) => `${name} ${type}`)
  .join(', ');

/**
 * Loads a range of changed rows into `incidence_revisions` from the Parquet file itself: no row goes through JavaScript.
 * For an engine that sees this machine's files, which is the embedded one.
 */
export function parquetLoader(client: ClickHouseClient): (chunk: RecordChunk) => Promise<void> {
  return async ({ file, from, to, dataset, run_id, revision }) => {
    await withClickHouse(() =>
      client.command({
        query: `INSERT INTO incidence_revisions (dataset, ${NAMES}, run_id, revision)
          SELECT {dataset:String}, ${NAMES}, {run_id:String}, {revision:UInt64}
          FROM file({file:String}, Parquet, '${STRUCTURE}') WHERE ordinal >= {from:Int64} AND ordinal < {to:Int64} SETTINGS ${SETTINGS}`,
        query_params: { dataset, run_id, revision, file, from, to },
      }),
    );
  };
}
