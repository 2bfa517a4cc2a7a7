import type { RecordChunk } from '@weir/pipeline';
import { withClickHouse, type ClickHouseClient } from './clickhouse.js';

const FIELDS =
  'region, region_name, date, new_cases, new_deaths, new_recovered, new_hospitalized, basis, filled, source, withdrawn';

/**
 * Loads a range of changed rows into `incidence_revisions` from the Parquet file itself: no row goes through JavaScript.
 * For an engine that sees this machine's files, which is the embedded one.
 */
export function parquetLoader(client: ClickHouseClient): (chunk: RecordChunk) => Promise<void> {
  return async ({ file, from, to, dataset, run_id, revision }) => {
    await withClickHouse(() =>
      client.command({
        query: `INSERT INTO incidence_revisions (dataset, ${FIELDS}, run_id, revision)
          SELECT {dataset:String}, ${FIELDS}, {run_id:String}, {revision:UInt64}
          FROM file({file:String}, Parquet) WHERE ordinal >= {from:Int64} AND ordinal < {to:Int64}`,
        query_params: { dataset, run_id, revision, file, from, to },
      }),
    );
  };
}
