import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { metrics } from '@weir/incidence';
import { WeirError, type Commit, type RevisionStore, type RowPlace, type Selection } from '@weir/pipeline';
import { withClickHouse, type ClickHouseClient } from './clickhouse.js';
import { visibleRows } from './visible-rows.sql.js';

const EXPORTED = `toString(region) AS region, toString(region_name) AS region_name, date, ${metrics.join(', ')},
  toString(basis) AS basis, CAST(filled AS Array(String)) AS filled, toString(source) AS source, revision`;

/** Revisions of incidence figures, and the commits that make them visible. */
export class ClickHouseRevisionStore implements RevisionStore {
  constructor(private readonly client: ClickHouseClient) {}

  async exportRows(selection: Selection, file: string): Promise<void> {
    const { dataset, window, withLastBefore } = selection;
    const parameters = { dataset, ...(window ? { from: window.from, to: window.to } : {}) };
    const days = window ? ['date BETWEEN {from:Date32} AND {to:Date32}'] : [];
    const rows = visibleRows(EXPORTED, days, null);
    const selected = window && withLastBefore ? `${rows} UNION ALL (${LAST_BEFORE})` : rows;
    const query = `SELECT rows.*, toString(commits.branch) AS branch FROM (${selected}) AS rows
      LEFT JOIN (SELECT revision, any(branch) AS branch FROM incidence_commits WHERE dataset = {dataset:String} GROUP BY revision) AS commits
      USING (revision) FORMAT Parquet`;
    await withClickHouse(async () => {
      const { stream } = await this.client.exec({ query, query_params: parameters });
      await pipeline(stream, createWriteStream(file));
    });
  }

  countArrived(dataset: string, revision: number): Promise<number> {
    // Days of one region at a time: all rows of a large revision together would need a place in memory each.
    return this.count(
      `SELECT sum(days) AS n FROM (
         SELECT uniqExact(date) AS days FROM incidence_revisions
         WHERE dataset = {dataset:String} AND revision = {revision:UInt64} GROUP BY region)`,
      { dataset, revision },
    );
  }

  async arrived(dataset: string, revision: number, rows: readonly RowPlace[]): Promise<RowPlace[]> {
    const regions = rows.map(({ region }) => region);
    const days = rows.map(({ date }) => date);
    return withClickHouse(async () => {
      const result = await this.client.query({
        query: `SELECT DISTINCT toString(region) AS region, toString(date) AS date FROM incidence_revisions
          WHERE dataset = {dataset:String} AND revision = {revision:UInt64} AND region IN {regions:Array(String)}
            AND (toString(region), toString(date)) IN arrayZip({regions:Array(String)}, {days:Array(String)})`,
        query_params: { dataset, revision, regions, days },
        format: 'JSONEachRow',
      });
      return result.json<RowPlace>();
    });
  }

  async commit(commit: Commit): Promise<void> {
    const committed = await this.commits(commit.dataset);
    if (committed.some(({ run_id }) => run_id === commit.run_id)) return;
    const above = committed.find(({ revision }) => revision >= commit.revision);
    if (above) {
      throw new WeirError(
        'revision_superseded',
        `revision ${commit.revision} of ${commit.dataset} cannot be committed: run ${above.run_id} has committed ${above.revision} meanwhile. Start a new run.`,
      );
    }
    await withClickHouse(() =>
      this.client.insert({ table: 'incidence_commits', values: [commit], format: 'JSONEachRow' }),
    );
  }

  async commits(dataset: string): Promise<Commit[]> {
    return withClickHouse(async () => {
      const result = await this.client.query({
        query: `SELECT dataset, revision, run_id, pipeline, branch, plan_hash, sources_hash, rows
          FROM incidence_commits FINAL WHERE dataset = {dataset:String} ORDER BY revision`,
        query_params: { dataset },
        format: 'JSONEachRow',
      });
      const rows = await result.json<Commit>();
      return rows.map((row) => ({ ...row, revision: Number(row.revision), rows: Number(row.rows) }));
    });
  }

  private async count(query: string, query_params: { readonly [name: string]: unknown }): Promise<number> {
    return withClickHouse(async () => {
      const result = await this.client.query({ query, query_params, format: 'JSONEachRow' });
      const [row] = await result.json<{ n: string }>();
      return Number(row?.n ?? 0);
    });
  }
}

/** Each region's last row before the window, and its last row before it that has each metric. */
const LAST_BEFORE = `SELECT * FROM (${visibleRows(EXPORTED, ['date < {from:Date32}'], null)}) AS earlier
  WHERE (region, date) IN (
    SELECT region, arrayJoin(days) FROM (
      SELECT region, arrayFilter(day -> day IS NOT NULL, [max(date), ${metrics.map((metric) => `maxOrNullIf(date, ${metric} IS NOT NULL)`).join(', ')}]) AS days
      FROM (${visibleRows(EXPORTED, ['date < {from:Date32}'], null)}) GROUP BY region))`;
