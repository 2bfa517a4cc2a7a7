import {
  firstDayOf,
  metrics as allMetrics,
  type Figures,
  type IncidenceRow,
  type Interval,
  type Metric,
} from '@weir/incidence';

/** A row of a day as a reader sees it who asked for these metrics; fields in the order of `IncidenceRow`. */
export function restricted(row: IncidenceRow, metrics: readonly Metric[]): IncidenceRow {
  const { region, region_name, date, basis, filled, source, run_id, revision } = row;
  const figures = eachMetric(metrics, (metric) => row[metric] ?? null);
  const known = metrics.filter((metric) => filled.includes(metric));
  return { region, region_name, date, ...figures, basis, filled: known, source, run_id, revision };
}

/** Weeks or months of rows of days, which are ordered by region and day. */
export function summedUp(
  days: readonly IncidenceRow[],
  interval: Interval,
  metrics: readonly Metric[],
): IncidenceRow[] {
  const groups = new Map<string, [IncidenceRow, ...IncidenceRow[]]>();
  for (const day of days) {
    const identity = JSON.stringify([day.region, firstDayOf(interval, day.date)]);
    const group = groups.get(identity);
    if (group) group.push(day);
    else groups.set(identity, [day]);
  }
  return [...groups.values()].map((group) => sumOf(group, interval, metrics));
}

function sumOf(
  days: readonly [IncidenceRow, ...IncidenceRow[]],
  interval: Interval,
  metrics: readonly Metric[],
): IncidenceRow {
  const [first] = days;
  return {
    region: first.region,
    region_name: days.at(-1)?.region_name ?? first.region_name,
    date: firstDayOf(interval, first.date),
    ...sums(days, metrics),
    basis: days.every(({ basis }) => basis === first.basis) ? first.basis : 'mixed',
    filled: metrics.filter((metric) => days.some(({ filled }) => filled.includes(metric))),
    source: null,
    run_id: null,
    revision: days.reduce((highest, { revision }) => Math.max(highest, revision), 0),
    days: days.length,
  };
}

/** The sum of each metric; null where every day is null. */
export function sums(days: readonly Figures[], metrics: readonly Metric[] = allMetrics): Required<Figures> {
  return eachMetric(metrics, (metric) => {
    const figures = days.map((day) => day[metric] ?? null).filter((figure) => figure !== null);
    return figures.length === 0 ? null : sum(figures);
  });
}

/** Made of one value per metric. A negative zero is a zero. */
export function eachMetric(metrics: readonly Metric[], value: (metric: Metric) => number | null): Required<Figures> {
  const entries = metrics.map((metric) => [metric, value(metric)] as const);
  return Object.fromEntries(
    entries.map(([metric, figure]) => [metric, figure === 0 ? 0 : figure]),
  ) as Required<Figures>;
}

/** Neumaier's compensated sum: what rounding loses is added at the end. */
function sum(figures: readonly number[]): number {
  let [total, lost] = [0, 0];
  for (const figure of figures) {
    const next = total + figure;
    lost += Math.abs(total) >= Math.abs(figure) ? total - next + figure : figure - next + total;
    total = next;
  }
  return total + lost;
}
