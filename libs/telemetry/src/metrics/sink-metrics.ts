import { Counter, Gauge, type Registry } from 'prom-client';

/** What a look at the sink saw. */
export interface SinkState {
  readonly connectors: readonly { readonly name: string; readonly up: boolean; readonly running_tasks: number }[];
  /** By check; null where it could not be told. */
  readonly checks: { readonly [check: string]: boolean | null };
  readonly free_bytes: number | null;
  readonly dead_letters: {
    readonly written: number;
    readonly kept: number;
    readonly not_replayed: number | null;
  } | null;
  readonly lag: readonly { readonly topic: string; readonly records: number }[];
}

/**
 * What is measured of the way from the topic to the table. What cannot be told at the moment has no series, so that an
 * alert on a number never sees an old one.
 */
export class SinkMetrics {
  private readonly up;
  private readonly tasks;
  private readonly restarts;
  private readonly checks;
  private readonly freeBytes;
  private readonly lag;
  private readonly letters;
  private readonly kept;
  private readonly notReplayed;
  private readonly lookedAt;

  constructor(registry: Registry) {
    const registers = [registry];
    this.up = new Gauge({
      registers,
      name: 'weir_connector_up',
      help: 'Keeper: 1 where a connector is registered as declared and it and all its tasks run, else 0.',
      labelNames: ['connector'] as const,
    });
    this.tasks = new Gauge({
      registers,
      name: 'weir_connector_running_tasks',
      help: 'Keeper: tasks of a connector that run.',
      labelNames: ['connector'] as const,
    });
    this.restarts = new Counter({
      registers,
      name: 'weir_connector_restarts_total',
      help: 'Keeper: times that it restarted what had failed of a connector.',
      labelNames: ['connector'] as const,
    });
    this.checks = new Gauge({
      registers,
      name: 'weir_sink_up',
      help: 'Keeper: 1 where a check of the sink passed at its last look, 0 where it did not; absent where it could not be made. `check` is `connect` and `kafka` (they answer), `login` (the user of the connectors is let into ClickHouse), `table` (it is there and may be written), `disk` (there is room).',
      labelNames: ['check'] as const,
    });
    this.freeBytes = new Gauge({
      registers,
      name: 'weir_sink_free_disk_bytes',
      help: 'Keeper: bytes that are left on the fullest disk of ClickHouse; absent where it does not tell.',
    });
    this.lag = new Gauge({
      registers,
      name: 'weir_topic_lag_records',
      help: 'Keeper: records of a topic that its connector has not taken yet; absent while Kafka is away.',
      labelNames: ['topic'] as const,
    });
    this.letters = new Counter({
      registers,
      name: 'weir_dead_letters_total',
      help: 'Keeper: dead letters that were ever written, as the topic counts them: not from the start of the process.',
    });
    this.kept = new Gauge({
      registers,
      name: 'weir_dead_letters',
      help: 'Keeper: dead letters that are kept; absent while Kafka is away.',
    });
    this.notReplayed = new Gauge({
      registers,
      name: 'weir_dead_letters_not_replayed',
      help: 'Keeper: dead letters that are kept and that nobody has replayed; absent while Kafka or PostgreSQL is away.',
    });
    this.lookedAt = new Gauge({
      registers,
      name: 'weir_keeper_last_look_timestamp_seconds',
      help: 'Keeper: when it last looked at the sink, in seconds since 1970.',
    });
    for (const gauge of [this.freeBytes, this.kept, this.notReplayed, this.lookedAt]) gauge.remove();
  }

  /** @param restarts so far, by connector. */
  set(state: SinkState, restarts: ReadonlyMap<string, number>): void {
    for (const { name: connector, up, running_tasks } of state.connectors) {
      this.up.set({ connector }, up ? 1 : 0);
      this.tasks.set({ connector }, running_tasks);
    }
    this.restarts.reset();
    for (const { name: connector } of state.connectors) this.restarts.inc({ connector }, restarts.get(connector) ?? 0);
    this.checks.reset();
    for (const [check, passed] of Object.entries(state.checks)) {
      if (passed !== null) this.checks.set({ check }, passed ? 1 : 0);
    }
    setOrRemove(this.freeBytes, state.free_bytes);
    this.lag.reset();
    for (const { topic, records } of state.lag) this.lag.set({ topic }, records);
    const { dead_letters } = state;
    setOrRemove(this.kept, dead_letters?.kept ?? null);
    setOrRemove(this.notReplayed, dead_letters?.not_replayed ?? null);
    // Counted by the topic: while that is away, the number is still what it was.
    if (dead_letters !== null) {
      this.letters.reset();
      this.letters.inc(dead_letters.written);
    }
    this.lookedAt.set(Date.now() / 1000);
  }
}

function setOrRemove(gauge: Gauge, value: number | null): void {
  if (value === null) gauge.remove();
  else gauge.set(value);
}
