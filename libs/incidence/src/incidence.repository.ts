import type {
  Basis,
  IncidenceOrder,
  IncidencePosition,
  IncidenceRow,
  Interval,
  Metric,
  RegionFigures,
  RegionSummary,
} from './incidence.js';

/** A question about the figures, in terms a database can answer. Everything in it was checked by the service. */
export interface IncidenceQuery {
  readonly dataset: string;
  /** Region codes, never names; absent: all regions. Never empty. */
  readonly regions?: readonly string[];
  /** First day wanted, `YYYY-MM-DD`, any year from 0000 to 9999: an adapter whose dates reach less far clamps it. */
  readonly from?: string;
  /** Last day wanted, inclusive; as `from`. */
  readonly to?: string;
  /** In the order of `metrics`, without repetition; never empty. */
  readonly metrics: readonly Metric[];
  /** Only rows that readers see with this basis; absent: both. A row never falls back to an earlier revision for it. */
  readonly basis?: Basis;
  /** Weeks and months sum up what of them lies between `from` and `to` (and has the `basis`). */
  readonly interval: Interval;
  readonly order: IncidenceOrder;
  /** Only rows that come strictly after this position in `order`; its date is the row's, of an interval its first day. */
  readonly after?: IncidencePosition;
  /** State to read: see `IncidenceRepository.snapshot`. */
  readonly snapshot: number;
}

/** One page: rows at most, 1 to 10,001. */
export interface IncidencePageQuery extends IncidenceQuery {
  readonly limit: number;
}

/** Texts in which rows leave the process without ever being objects here. */
export const exportFormats = ['csv', 'ndjson'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/**
 * Where the figures are read from. Failures to reach it are WeirErrors `dependency_unavailable`, retryable.
 *
 * A reader sees, per dataset, region and date, the row with the highest committed revision up to `snapshot`; a row that is
 * withdrawn there is not seen at all. Runs commit in the order of their revisions, so a snapshot never changes.
 */
export abstract class IncidenceRepository {
  /**
   * The highest committed revision of a dataset; 0 where nothing is committed.
   * @param asOf the highest that was committed at that time, to the millisecond and inclusive.
   */
  abstract snapshot(dataset: string, asOf?: Date): Promise<number>;

  /** The rows of one page, totally ordered; texts compare by their UTF-8 bytes. */
  abstract find(query: IncidencePageQuery): Promise<IncidenceRow[]>;

  /** Where the page ends if a row comes after it; null where none does. */
  abstract endOfPage(query: IncidencePageQuery): Promise<IncidencePosition | null>;

  /**
   * The same rows as text, UTF-8, every line ended by a line feed; at most `limit` of them where there is one, else all.
   * Memory does not grow with the number of rows: nothing more is read until what was read is taken.
   *
   * `ndjson`: a row as `find` gives it, one JSON object a line, its fields in the order of `IncidenceRow`. `csv` (RFC 4180
   * but for the line end): a line with the names of the same fields, also where there is no row; null is empty; `filled` is
   * joined by `|`; a text is quoted where it holds a comma, a quote or a line end. A figure is written with the fewest digits
   * that read back as the same double.
   */
  abstract export(query: IncidenceQuery & { readonly limit?: number }, format: ExportFormat): AsyncIterable<Uint8Array>;

  /** Every region that has a row in the snapshot, ordered by code; its name is the one on its last day. */
  abstract regions(dataset: string, snapshot: number): Promise<RegionSummary[]>;

  /** The latest figures of these regions (absent: all) that have a row in the snapshot, ordered by code. */
  abstract latest(dataset: string, snapshot: number, regions?: readonly string[]): Promise<RegionFigures[]>;
}
