import type { IncidenceRow } from '@weir/client';
import { daysBetween, type Day } from './days.js';
import type { Metric } from './question.js';

/** How a figure came about. Of a week: `spread` and `filled` where that is so of any of its days. */
export type Making = 'reported' | 'spread' | 'filled';

export interface Point {
  readonly date: Day;
  /** Of the day, or the sum of the week; null where the source left it open, or there is no row. */
  readonly value: number | null;
  /**
   * Of a day: of the seven that end there, null where one of them has no figure. Of a week: its sum by its days with a row, as the
   * API tells no more of them.
   */
  readonly mean: number | null;
  readonly making: Making | null;
  /** Null where there is no row. */
  readonly row: IncidenceRow | null;
}

export interface Series {
  readonly region: string;
  readonly name: string;
  readonly points: readonly Point[];
}

export interface Span {
  readonly first: Day;
  readonly last: Day;
}

/** The days or weeks of all rows, or null where there is none. */
export function spanOf(rows: readonly IncidenceRow[]): Span | null {
  const [first] = rows;
  if (first === undefined) return null;
  const span = { first: first.date, last: first.date };
  for (const { date } of rows) {
    if (date < span.first) span.first = date;
    if (date > span.last) span.last = date;
  }
  return span;
}

export interface Shown {
  readonly metric: Metric;
  readonly interval: 'day' | 'week';
  /** Of the rows. */
  readonly span: Span;
  /** Where the points begin; days before it only count for the mean. Null is the beginning of the span. */
  readonly from?: Day | null;
}

/** Days to ask for before the first one shown, so that it has a mean. */
export const DAYS_BEFORE = 6;

/**
 * One point for every day (or week) of the span, for every region; in the order of `regions`.
 * @param rows in any order; at most one for a region and date.
 */
export function seriesOf(
  rows: readonly IncidenceRow[],
  regions: readonly { readonly region: string; readonly region_name: string }[],
  { metric, interval, span, from = null }: Shown,
): Series[] {
  const weekly = interval === 'week';
  const dates = daysBetween(span.first, span.last, weekly ? 7 : 1);
  // A week that the period cuts has its Monday as its date, which may be before the period.
  const begin = weekly || from === null ? '' : from;
  return regions.map(({ region, region_name: name }) => {
    const own = new Map(rows.filter((row) => row.region === region).map((row) => [row.date, row]));
    const found = dates.map((date) => own.get(date) ?? null);
    const values = found.map((row) => row?.[metric] ?? null);
    const points = dates.map((date, index): Point => {
      const row = found[index] ?? null;
      const value = values[index] ?? null;
      return {
        date,
        value,
        mean: weekly ? meanOfWeek(value, row) : meanOfDays(values.slice(Math.max(0, index - DAYS_BEFORE), index + 1)),
        making: row === null || value === null ? null : makingOf(row, metric),
        row,
      };
    });
    return { region, name, points: points.filter(({ date }) => date >= begin) };
  });
}

function meanOfDays(values: readonly (number | null)[]): number | null {
  if (values.length <= DAYS_BEFORE || values.includes(null)) return null;
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0) / 7;
}

function meanOfWeek(sum: number | null, row: IncidenceRow | null): number | null {
  const days = row?.days ?? 0;
  return sum === null || days === 0 ? null : sum / days;
}

function makingOf(row: IncidenceRow, metric: Metric): Making {
  if (row.filled.includes(metric)) return 'filled';
  return row.basis === 'reported' ? 'reported' : 'spread';
}
