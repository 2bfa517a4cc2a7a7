/** What a field of a record holds. Days are `YYYY-MM-DD`, times ISO 8601 in UTC. */
export type Value = string | number | boolean | null | readonly string[];

/** One plain object with named fields. */
export interface Record {
  readonly [field: string]: Value;
}

/** Records that travel together. */
export type Batch = readonly Record[];
