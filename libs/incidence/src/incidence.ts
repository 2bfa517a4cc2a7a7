import type { RecordSchema } from '@weir/record';

/** The figures there are, in the order in which they are shown: persons a day. */
export const metrics = ['new_cases', 'new_deaths', 'new_recovered', 'new_hospitalized'] as const;
export type Metric = (typeof metrics)[number];

/**
 * Persons. Float64, never rounded: a seventh of a week is no whole number; negative is a correction. Null: no figure.
 * Metrics that were not asked for are left out.
 */
export type Figures = { readonly [metric in Metric]?: number | null };

/** How a row came about: published for that day, or an equal share of a published week. */
export const bases = ['reported', 'spread'] as const;
export type Basis = (typeof bases)[number];

/** What a row sums up: a day, a week that begins on Monday, or a month of the calendar. */
export const intervals = ['day', 'week', 'month'] as const;
export type Interval = (typeof intervals)[number];

/**
 * Figures of one region on one day, or summed over a week or a month, as readers see them; `snake_case` because they leave
 * the process as they are.
 */
export interface IncidenceRow extends Figures {
  /** Code, such as `DEU`. */
  readonly region: string;
  /** Of an interval: the name on its last day. */
  readonly region_name: string;
  /** `YYYY-MM-DD`; of an interval its first day, even where that lies before the first day that was asked for. */
  readonly date: string;
  /** Of an interval: `mixed` where its days differ. */
  readonly basis: Basis | 'mixed';
  /**
   * Metrics, of those asked for, that were carried forward from an earlier day of the region; of an interval, on any day. In
   * the order of `metrics`.
   */
  readonly filled: readonly Metric[];
  /** Name of the file or page the figures came from; null of a week or month. */
  readonly source: string | null;
  /** Null of a week or month. */
  readonly run_id: string | null;
  /** Of an interval: the highest of its days. */
  readonly revision: number;
  /** Days that were summed up; only of a week or month. */
  readonly days?: number;
}

export interface RegionSummary {
  readonly region: string;
  readonly region_name: string;
  /** `YYYY-MM-DD`, first and last day with a row. */
  readonly first_date: string;
  readonly last_date: string;
  /** Rows (days) of the region. */
  readonly count: number;
}

/** The latest figures of a region, with what they add up to. */
export interface RegionFigures {
  readonly region: string;
  /** On its last day. */
  readonly region_name: string;
  /** `YYYY-MM-DD`, the last day with a row. */
  readonly latest_date: string;
  /** Of the latest day. */
  readonly latest: Required<Figures>;
  readonly basis: Basis;
  readonly filled: readonly Metric[];
  /** Over all days; null where every day is null. */
  readonly totals: Required<Figures>;
  /** Over the seven days that end on the latest; null where every day is null. */
  readonly seven_days: Required<Figures>;
  /** Over the seven days before those. */
  readonly seven_days_before: Required<Figures>;
  /** `seven_days / seven_days_before - 1`: 0.25 is a quarter more; null where either is null or the latter is not positive. */
  readonly change: Required<Figures>;
  /** Days with a row. */
  readonly days: number;
  /** The highest of all its rows. */
  readonly revision: number;
}

/** What a record of the figures consists of. */
export const incidenceSchema: RecordSchema = {
  series: ['region'],
  labels: ['region_name'],
  time: 'date',
  metrics,
};

/**
 * `date`: day, then region code. `-date`: latest day first, then region code. `region`: region code, then day.
 * `-region`: region codes backwards, then latest day first.
 */
export const incidenceOrders = ['date', '-date', 'region', '-region'] as const;
export type IncidenceOrder = (typeof incidenceOrders)[number];

/** The row identity within a dataset and interval: where a page ended. */
export interface IncidencePosition {
  readonly region: string;
  readonly date: string;
}
