import {
  IncidenceRepository,
  type ExportFormat,
  type IncidencePageQuery,
  type IncidencePosition,
  type IncidenceQuery,
  type IncidenceRow,
  type RegionFigures,
  type RegionSummary,
} from '@weir/incidence';
import { withClickHouse, type ClickHouseClient } from './clickhouse.js';
import { IncidenceExport } from './incidence-export.js';
import { extentOf } from './incidence-range.js';
import { ORDER, positionsSql, rowsSql } from './incidence-rows.sql.js';
import { JSON_SETTINGS, jsonColumns } from './incidence-text.sql.js';
import { regionFiguresSql } from './region-figures.sql.js';
import { visibleRows } from './visible-rows.sql.js';

export class ClickHouseIncidenceRepository extends IncidenceRepository {
  private readonly exports: IncidenceExport;

  /** @param rowsAtOnce raw rows that one query of an export takes, about; small only where splitting is to be seen. */
  constructor(
    private readonly client: ClickHouseClient,
    rowsAtOnce?: number,
  ) {
    super();
    this.exports = new IncidenceExport(client, rowsAtOnce);
  }

  async snapshot(dataset: string, asOf?: Date): Promise<number> {
    const then = asOf === undefined ? '' : ' AND toUnixTimestamp64Milli(committed_at) <= {asOf:Int64}';
    const [row] = await this.rows<{ revision: number }>(
      `SELECT max(revision) AS revision FROM incidence_commits WHERE dataset = {dataset:String}${then}`,
      { dataset, ...(asOf && { asOf: asOf.getTime() }) },
    );
    return row?.revision ?? 0;
  }

  async find(query: IncidencePageQuery): Promise<IncidenceRow[]> {
    const extent = extentOf(query);
    if (extent === null) return [];
    const { text, parameters } = rowsSql(query, extent);
    return this.rows<IncidenceRow>(
      `SELECT ${jsonColumns(query)} FROM (${text}) ORDER BY ${ORDER[query.order]} LIMIT {limit:UInt64}`,
      { ...parameters, limit: query.limit },
    );
  }

  async endOfPage(query: IncidencePageQuery): Promise<IncidencePosition | null> {
    const extent = extentOf(query);
    if (extent === null) return null;
    const { text, parameters } = positionsSql(query, extent);
    const [last, next] = await this.rows<IncidencePosition>(
      `SELECT region, day AS date FROM (${text}) ORDER BY ${ORDER[query.order]} LIMIT 2 OFFSET {offset:UInt64}`,
      { ...parameters, offset: query.limit - 1 },
    );
    return last && next ? last : null;
  }

  export(query: IncidenceQuery & { readonly limit?: number }, format: ExportFormat): AsyncIterable<Uint8Array> {
    return this.exports.write(query, format, (limit) => this.endOfPage({ ...query, limit }));
  }

  regions(dataset: string, snapshot: number): Promise<RegionSummary[]> {
    const visible = visibleRows('region, region_name, date', [], '{snapshot:UInt64}');
    return this.rows<RegionSummary>(
      `SELECT region, argMax(region_name, date) AS region_name, toString(min(date)) AS first_date,
         toString(max(date)) AS last_date, count() AS count FROM (${visible}) GROUP BY region ORDER BY region`,
      { dataset, snapshot },
    );
  }

  latest(dataset: string, snapshot: number, regions?: readonly string[]): Promise<RegionFigures[]> {
    const conditions = regions === undefined ? [] : ['region IN {regions:Array(String)}'];
    return this.rows<RegionFigures>(regionFiguresSql(conditions), { dataset, snapshot, ...(regions && { regions }) });
  }

  private rows<T>(query: string, query_params: { readonly [name: string]: unknown }): Promise<T[]> {
    return withClickHouse(async () => {
      const result = await this.client.query({
        query: `${query} SETTINGS ${JSON_SETTINGS}`,
        query_params,
        format: 'JSONEachRow',
      });
      return result.json<T>();
    });
  }
}
