import {
  IncidenceRepository,
  type IncidenceOrder,
  type IncidenceQuery,
  type IncidenceRow,
  type RegionSummary,
} from '@weir/incidence';
import { withClickHouse, type ClickHouseClient } from './clickhouse.js';
import { visibleRows } from './visible-rows.sql.js';

const ROW = `region, region_name, toString(date) AS day, new_cases, new_deaths, new_recovered, new_hospitalized,
  toString(basis) AS basis, filled, source, run_id, revision`;

/** Days that Date32 can hold; a reader may ask beyond them. */
const FIRST_DAY = '1900-01-01';
const LAST_DAY = '2299-12-31';

const ORDER: { readonly [order in IncidenceOrder]: string } = {
  date: 'date, region',
  '-date': 'date DESC, region',
  region: 'region, date',
  '-region': 'region DESC, date DESC',
};

/** What comes after a position, in each order. */
const AFTER: { readonly [order in IncidenceOrder]: string } = {
  date: '(date > {afterDate:Date32} OR (date = {afterDate:Date32} AND region > {afterRegion:String}))',
  '-date': '(date < {afterDate:Date32} OR (date = {afterDate:Date32} AND region > {afterRegion:String}))',
  region: '(region > {afterRegion:String} OR (region = {afterRegion:String} AND date > {afterDate:Date32}))',
  '-region': '(region < {afterRegion:String} OR (region = {afterRegion:String} AND date < {afterDate:Date32}))',
};

export class ClickHouseIncidenceRepository extends IncidenceRepository {
  constructor(private readonly client: ClickHouseClient) {
    super();
  }

  async snapshot(dataset: string): Promise<number> {
    const [row] = await this.rows<{ revision: string }>(
      'SELECT max(revision) AS revision FROM incidence_commits WHERE dataset = {dataset:String}',
      { dataset },
    );
    return Number(row?.revision ?? 0);
  }

  async find(query: IncidenceQuery): Promise<IncidenceRow[]> {
    const { dataset, regions, from, to, after, order, limit, snapshot } = query;
    const conditions = [
      ...(regions ? ['region IN {regions:Array(String)}'] : []),
      ...(from === undefined ? [] : ['date >= {from:Date32}']),
      ...(to === undefined ? [] : ['date <= {to:Date32}']),
      ...(after ? [AFTER[order]] : []),
    ];
    if ((from ?? FIRST_DAY) > LAST_DAY || (to ?? LAST_DAY) < FIRST_DAY) return [];
    const rows = await this.rows<Omit<IncidenceRow, 'date'> & { day: string }>(
      `${visibleRows(ROW, conditions, '{snapshot:UInt64}')} ORDER BY ${ORDER[order]} LIMIT {limit:UInt32}`,
      {
        dataset,
        regions,
        from: from && clamp(from),
        to: to && clamp(to),
        afterDate: after?.date,
        afterRegion: after?.region,
        snapshot,
        limit,
      },
    );
    return rows.map(({ region, region_name, day, ...rest }) => ({
      region,
      region_name,
      date: day,
      ...rest,
      revision: Number(rest.revision),
    }));
  }

  async regions(dataset: string, snapshot: number): Promise<RegionSummary[]> {
    const visible = visibleRows('region, region_name, date', [], '{snapshot:UInt64}');
    const rows = await this.rows<RegionSummary>(
      `SELECT region, argMax(region_name, date) AS region_name, toString(min(date)) AS first_date,
         toString(max(date)) AS last_date, count() AS count FROM (${visible}) GROUP BY region ORDER BY region`,
      { dataset, snapshot },
    );
    return rows.map((row) => ({ ...row, count: Number(row.count) }));
  }

  private rows<T>(query: string, parameters: { readonly [name: string]: unknown }): Promise<T[]> {
    const query_params = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined));
    return withClickHouse(async () => {
      const result = await this.client.query({ query, query_params, format: 'JSONEachRow' });
      return result.json<T>();
    });
  }
}

function clamp(day: string): string {
  return day < FIRST_DAY ? FIRST_DAY : day > LAST_DAY ? LAST_DAY : day;
}
