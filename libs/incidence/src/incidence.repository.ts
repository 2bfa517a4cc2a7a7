import type { IncidenceOrder, IncidencePosition, IncidenceRow, RegionSummary } from './incidence.js';

/** One page of figures, in terms a database can answer. Everything in it was checked by the service. */
export interface IncidenceQuery {
  readonly dataset: string;
  /** Region codes, never names; absent: all regions. Never empty. */
  readonly regions?: readonly string[];
  /** First day wanted, `YYYY-MM-DD`, any year from 0000 to 9999: an adapter whose dates reach less far clamps it. */
  readonly from?: string;
  /** Last day wanted, inclusive; as `from`. */
  readonly to?: string;
  readonly order: IncidenceOrder;
  /** Rows at most, 1 to 10,001. */
  readonly limit: number;
  /** Only rows that come strictly after this position in `order`. */
  readonly after?: IncidencePosition;
  /** State to read: see `IncidenceRepository.snapshot`. */
  readonly snapshot: number;
}

/**
 * Where the figures are read from. Failures to reach it are WeirErrors `dependency_unavailable`, retryable.
 *
 * A reader sees, per dataset, region and date, the row with the highest committed revision up to `snapshot`; a row that is
 * withdrawn there is not seen at all. Runs commit in the order of their revisions, so a snapshot never changes.
 */
export abstract class IncidenceRepository {
  /** The highest committed revision of a dataset; 0 where nothing is committed. */
  abstract snapshot(dataset: string): Promise<number>;

  /** The rows of one page, totally ordered; texts compare by their UTF-8 bytes. */
  abstract find(query: IncidenceQuery): Promise<IncidenceRow[]>;

  /** Every region that has a row in the snapshot, ordered by code; its name is the one on its last day. */
  abstract regions(dataset: string, snapshot: number): Promise<RegionSummary[]>;
}
