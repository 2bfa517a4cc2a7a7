import { dayNumber, type IncidenceOrder, type Interval, type Metric } from '@weir/incidence';
import type { Extent, IncidenceRange } from './incidence-range.js';
import { visibleRows } from './visible-rows.sql.js';

/** A statement, which may go into another as a subquery, and the values of its parameters. */
export interface Sql {
  readonly text: string;
  readonly parameters: { readonly [name: string]: unknown };
}

/** Totally ordered over rows whose day (an interval's first) is called `day`. */
export const ORDER: { readonly [order in IncidenceOrder]: string } = {
  date: 'day, region',
  '-date': 'day DESC, region',
  region: 'region, day',
  '-region': 'region DESC, day DESC',
};

/**
 * The day, or the first day of the week or month, that a date lies in. By arithmetic, because toMonday and toStartOfMonth
 * give a Date, which knows no year before 1970 or after 2149, unless a setting says otherwise. 1970-01-01 was a Thursday.
 */
export const INTERVAL_DAY: { readonly [interval in Interval]: string } = {
  day: 'date',
  week: 'date - positiveModulo(toInt32(date) + 3, 7)',
  month: 'date - (toDayOfMonth(date) - 1)',
};

/** What raw rows must fulfil to be part of an extent: dataset, region and date, which the table is ordered by. */
export function rawConditions({ regions }: IncidenceRange, { fromRegion, toRegion }: Extent): string[] {
  return [
    'date >= {from:Date32}',
    'date <= {to:Date32}',
    ...(regions ? ['region IN {regions:Array(String)}'] : []),
    ...(fromRegion === undefined ? [] : ['region >= {fromRegion:String}']),
    ...(toRegion === undefined ? [] : ['region <= {toRegion:String}']),
  ];
}

/** The positions of the rows that answer a question: `region`, `day`. */
export function positionsSql(range: IncidenceRange, extent: Extent): Sql {
  const days =
    range.interval === 'day'
      ? daysSql(range, extent, 'region, date AS day')
      : `SELECT region, ${INTERVAL_DAY[range.interval]} AS day
         FROM (${daysSql(range, extent, 'region, date')}) GROUP BY region, day`;
  return between(`SELECT region, day FROM (${days})`, range, extent);
}

/** The rows that answer a question: the fields of `IncidenceRow`, where `date` is called `day`. */
export function rowsSql(range: IncidenceRange, extent: Extent): Sql {
  const days = range.interval === 'day' ? ownRows(range, extent) : summedUp(range, extent);
  return between(`SELECT * FROM (${days})`, range, extent);
}

function ownRows(range: IncidenceRange, extent: Extent): string {
  // A negative zero plus zero is zero: nobody wants to read -0.
  const figures = range.metrics.map((metric) => `${metric} + 0 AS ${metric}`);
  const columns = ['region', 'region_name', 'date AS day', ...figures, 'toString(basis) AS basis'];
  return daysSql(
    range,
    extent,
    `${columns.join(', ')}, ${among(range.metrics, 'filled')} AS filled, source, run_id, revision`,
  );
}

/** Compensated sums: a week of sevenths adds up to what was published. */
function summedUp(range: IncidenceRange, extent: Extent): string {
  const figures = range.metrics.map((metric) => `sumKahan(days.${metric}) + 0 AS ${metric}`);
  const columns = ['region', 'region_name', 'date', ...range.metrics, 'basis', 'filled', 'revision'];
  return `SELECT days.region AS region, argMax(days.region_name, days.date) AS region_name,
      ${INTERVAL_DAY[range.interval].replaceAll('date', 'days.date')} AS day, ${figures.join(', ')},
      if(min(days.basis) = max(days.basis), toString(min(days.basis)), 'mixed') AS basis,
      ${among(range.metrics, 'groupUniqArrayArray(days.filled)')} AS filled,
      NULL AS source, NULL AS run_id, max(days.revision) AS revision, count() AS days
    FROM (${daysSql(range, extent, columns.join(', '))}) AS days
    GROUP BY region, day`;
}

/** Those of the metrics that an array names, in their own order. Written so that the usual empty array costs nothing. */
export function among(metrics: readonly Metric[], names: string): string {
  const all = `[${metrics.map((metric) => `'${metric}'`).join(', ')}]`;
  return `arraySort(name -> indexOf(${all}, name), arrayFilter(name -> has(${all}, name), ${names}))`;
}

function daysSql(range: IncidenceRange, extent: Extent, columns: string): string {
  const seen = range.basis === undefined ? [] : ['basis = {basis:String}'];
  return visibleRows(columns, rawConditions(range, extent), '{snapshot:UInt64}', seen);
}

/** What comes after a position, in each order. Days as numbers: a cursor may hold one that no Date32 can. */
const AFTER: { readonly [order in IncidenceOrder]: (day: string, region: string) => string } = {
  date: (day, region) => `(toInt32(day), region) > (${day}, ${region})`,
  '-date': (day, region) => `(toInt32(day) < ${day} OR (toInt32(day) = ${day} AND region > ${region}))`,
  region: (day, region) => `(region, toInt32(day)) > (${region}, ${day})`,
  '-region': (day, region) => `(region, toInt32(day)) < (${region}, ${day})`,
};

function between(text: string, range: IncidenceRange, extent: Extent): Sql {
  const { order, after, until, dataset, snapshot, regions, basis } = range;
  const conditions = [
    ...(after ? [AFTER[order]('{afterDay:Int32}', '{afterRegion:String}')] : []),
    ...(until ? [`NOT ${AFTER[order]('{untilDay:Int32}', '{untilRegion:String}')}`] : []),
  ];
  const parameters = {
    dataset,
    snapshot,
    ...extent,
    ...(regions && { regions }),
    ...(basis && { basis }),
    ...(after && { afterDay: dayNumber(after.date), afterRegion: after.region }),
    ...(until && { untilDay: dayNumber(until.date), untilRegion: until.region }),
  };
  return { text: conditions.length === 0 ? text : `${text} WHERE ${conditions.join(' AND ')}`, parameters };
}
