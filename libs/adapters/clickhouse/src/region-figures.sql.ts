import { metrics, type Metric } from '@weir/incidence';
import { among } from './incidence-rows.sql.js';
import { visibleRows } from './visible-rows.sql.js';

/** The latest figures of each region: the fields of `RegionFigures`, ordered by region. */
export function regionFiguresSql(conditions: readonly string[]): string {
  const columns = ['region', 'region_name', 'date', ...metrics, 'basis', 'filled', 'revision'];
  const visible = (some: string) => visibleRows(some, conditions, '{snapshot:UInt64}');
  const ago = 'toInt32(lasts.last_date) - toInt32(rows.date)';
  return `SELECT region, last.name AS region_name, latest_date,
      ${figures((metric) => `last.${metric} + 0`)} AS latest, last.basis AS basis, ${among(metrics, 'last.filled')} AS filled,
      ${figures((metric) => `total_${metric} + 0`)} AS totals,
      ${figures((metric) => `seven_${metric} + 0`)} AS seven_days,
      ${figures((metric) => `before_${metric} + 0`)} AS seven_days_before,
      ${figures((metric) => `if(before_${metric} > 0, seven_${metric} / before_${metric} - 1, NULL)`)} AS change,
      days, highest AS revision
    FROM (
      SELECT region, any(lasts.last_date) AS latest_date, count() AS days, max(rows.revision) AS highest,
        anyIf(${LAST_ROW}, rows.date = lasts.last_date) AS last,
        ${metrics.map((metric) => `sumKahan(rows.${metric}) AS total_${metric}`).join(', ')},
        ${metrics.map((metric) => `sumKahanIf(rows.${metric}, ${ago} < 7) AS seven_${metric}`).join(', ')},
        ${metrics.map((metric) => `sumKahanIf(rows.${metric}, ${ago} BETWEEN 7 AND 13) AS before_${metric}`).join(', ')}
      FROM (${visible(columns.join(', '))}) AS rows
      INNER JOIN (SELECT region, max(date) AS last_date FROM (${visible('region, date')}) GROUP BY region) AS lasts
      USING (region)
      GROUP BY region
    )
    ORDER BY region`;
}

/** A tuple, so that a null of the last day stays one: `any` and `argMax` of the figure alone would look past it. */
const LAST_ROW = `CAST(tuple(rows.region_name, ${metrics.map((metric) => `rows.${metric}`).join(', ')}, toString(rows.basis),
  rows.filled) AS Tuple(name String, ${metrics.map((metric) => `${metric} Nullable(Float64)`).join(', ')}, basis String,
  filled Array(String)))`;

/** One value a metric, under its name. */
function figures(value: (metric: Metric) => string): string {
  const names = metrics.map((metric) => `${metric} Nullable(Float64)`).join(', ');
  return `CAST(tuple(${metrics.map(value).join(', ')}) AS Tuple(${names}))`;
}
