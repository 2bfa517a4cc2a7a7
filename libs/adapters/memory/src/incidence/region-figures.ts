import { dayNumber, metrics, type IncidenceRow, type RegionFigures } from '@weir/incidence';
import { eachMetric, sums } from './summed-up.js';

/** What a region's days, ordered and at least one, come to. */
export function regionFigures(days: readonly IncidenceRow[]): RegionFigures {
  const last = days.at(-1);
  if (last === undefined || last.basis === 'mixed')
    throw new TypeError('a region has at least one day, and no other rows');
  const ago = ({ date }: IncidenceRow) => dayNumber(last.date) - dayNumber(date);
  const seven = sums(days.filter((day) => ago(day) < 7));
  const before = sums(days.filter((day) => ago(day) >= 7 && ago(day) < 14));
  return {
    region: last.region,
    region_name: last.region_name,
    latest_date: last.date,
    latest: eachMetric(metrics, (metric) => last[metric] ?? null),
    basis: last.basis,
    filled: last.filled,
    totals: sums(days),
    seven_days: seven,
    seven_days_before: before,
    change: eachMetric(metrics, (metric) => {
      const [now, then] = [seven[metric], before[metric]];
      return now === null || then === null || then <= 0 ? null : now / then - 1;
    }),
    days: days.length,
    revision: days.reduce((highest, { revision }) => Math.max(highest, revision), 0),
  };
}
