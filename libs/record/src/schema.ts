/**
 * What a time series record consists of. A series is named by the values of `series`; a row of it by those and `time`.
 */
export interface RecordSchema {
  /** Fields that name a series, in order. */
  readonly series: readonly string[];
  /** Text fields that describe a series without naming it. */
  readonly labels: readonly string[];
  /** The field that holds the day. */
  readonly time: string;
  /** Figures, Float64, nullable. */
  readonly metrics: readonly string[];
}
