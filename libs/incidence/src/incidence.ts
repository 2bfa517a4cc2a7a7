import type { RecordSchema } from '@weir/record';

/** A figure of one region on one day, as readers see it; `snake_case` because it leaves the process as it is. */
export interface IncidenceRow {
  /** Code, such as `DEU`. */
  readonly region: string;
  readonly region_name: string;
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** Persons on that day. Float64, never rounded: a seventh of a week is no whole number; negative is a correction. */
  readonly new_cases: number | null;
  readonly new_deaths: number | null;
  readonly new_recovered: number | null;
  readonly new_hospitalized: number | null;
  /** As published for that day, or an equal share of a published week. */
  readonly basis: 'reported' | 'spread';
  /** Metrics carried forward from an earlier day of the region. */
  readonly filled: readonly string[];
  /** Name of the file or page the figures came from. */
  readonly source: string;
  readonly run_id: string;
  readonly revision: number;
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

/** What a record of the figures consists of. */
export const incidenceSchema: RecordSchema = {
  series: ['region'],
  labels: ['region_name'],
  time: 'date',
  metrics: ['new_cases', 'new_deaths', 'new_recovered', 'new_hospitalized'],
};

/**
 * `date`: day, then region code. `-date`: latest day first, then region code. `region`: region code, then day.
 * `-region`: region codes backwards, then latest day first.
 */
export const incidenceOrders = ['date', '-date', 'region', '-region'] as const;
export type IncidenceOrder = (typeof incidenceOrders)[number];

/** The row identity within a dataset: where a page ended. */
export interface IncidencePosition {
  readonly region: string;
  readonly date: string;
}
