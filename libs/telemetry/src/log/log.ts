export const levels = ['trace', 'debug', 'info', 'warn', 'error'] as const;
export type Level = (typeof levels)[number];

/** One line of the log. Secrets may stand in it: none is written. The ids of the errand under way are added. */
export interface LogEntry {
  readonly level: Level;
  /** What happened, for programs: stable, snake_case. */
  readonly event: string;
  /** What happened, for people; without one, the event's name is all they see. */
  readonly message?: string;
  /** Anything else: values that JSON cannot hold are described. */
  readonly [field: string]: unknown;
}

/** Writes a line. Never fails; with the default destination the line is written when this returns. */
export type Log = (entry: LogEntry) => void;

export interface LogSettings {
  /** What is below is not written. */
  readonly level: Level | 'silent';
  /** JSON lines, plain lines, or lines for a person's terminal. */
  readonly format: 'json' | 'text' | 'console';
}

/** Where lines go; `text` ends with a line feed. */
export interface LogDestination {
  write(text: string): void;
  /** Whether this is a terminal, which shows colours. */
  readonly isTTY?: boolean;
}
