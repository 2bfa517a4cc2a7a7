/** Something that the keeper did or saw, for a log. */
export interface SinkEvent {
  readonly level: 'info' | 'warn';
  /** For programs: stable, snake_case. */
  readonly event: string;
  /** For people. */
  readonly message: string;
  readonly [field: string]: unknown;
}
