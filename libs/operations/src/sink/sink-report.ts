/** Something that is wrong with the sink. Codes are stable; messages are for people, and public. */
export interface SinkReason {
  readonly code: string;
  readonly message: string;
}

/** How the sink was at the last look. */
export interface SinkReport {
  /** `down`: nothing arrives; `degraded`: something is wrong that a person should know of. */
  readonly status: 'ok' | 'degraded' | 'down';
  readonly reasons: readonly SinkReason[];
  readonly connectors: readonly { readonly name: string; readonly up: boolean; readonly running_tasks: number }[];
  /** Null: could not be told, because what is asked before it failed. */
  readonly checks: Readonly<Record<SinkCheck, boolean | null>>;
  readonly free_bytes: number | null;
  /** Null: Kafka is away. `arrived`: in the last minutes. */
  readonly dead_letters: {
    readonly written: number;
    readonly kept: number;
    readonly not_replayed: number | null;
    readonly arrived: number;
  } | null;
  readonly lag: readonly { readonly topic: string; readonly records: number }[];
}

export const sinkChecks = ['connect', 'kafka', 'login', 'table', 'disk'] as const;
export type SinkCheck = (typeof sinkChecks)[number];

/** With one of these, no record can arrive. */
const NOTHING_ARRIVES: ReadonlySet<string> = new Set([
  'connect_unreachable',
  'kafka_unreachable',
  'store_unreachable',
  'login_refused',
  'table_missing',
  'insert_refused',
  'keeper_starting',
  'keeper_stuck',
]);

export function statusOf(
  reasons: readonly SinkReason[],
  connectors: readonly { readonly running_tasks: number }[],
): SinkReport['status'] {
  if (reasons.length === 0) return 'ok';
  const nobodyRuns = connectors.length > 0 && connectors.every(({ running_tasks }) => running_tasks === 0);
  return nobodyRuns || reasons.some(({ code }) => NOTHING_ARRIVES.has(code)) ? 'down' : 'degraded';
}

/** Before the first look. */
export const notLookedYet: SinkReport = Object.freeze<SinkReport>({
  status: 'down',
  reasons: [{ code: 'keeper_starting', message: 'The keeper has not looked at the sink yet.' }],
  connectors: [],
  checks: { connect: null, kafka: null, login: null, table: null, disk: null },
  free_bytes: null,
  dead_letters: null,
  lag: [],
});
