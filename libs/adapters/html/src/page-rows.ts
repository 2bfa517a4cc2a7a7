import type { Warning } from '@weir/pipeline';

/** What was read from one page. Row numbers count from 1 as they stand on the page, headers, titles and all. */
export interface PageRows {
  readonly rows: readonly PageRow[];
  readonly rejects: readonly PageReject[];
  readonly warnings: readonly Warning[];
}

export interface PageRow {
  readonly number: number;
  /** One for each wanted column, in that order; null where blank. */
  readonly values: readonly (string | null)[];
}

export interface PageReject {
  readonly number: number;
  readonly code: string;
  readonly reason: string;
  /** The row as JSON. */
  readonly record: string;
}
