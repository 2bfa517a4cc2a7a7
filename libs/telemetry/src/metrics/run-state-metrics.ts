import { Gauge, type Registry } from 'prom-client';

/** How the runs of a pipeline are. Times are ISO 8601. */
export interface RunState {
  readonly pipeline: string;
  readonly open: number;
  readonly open_since: string | null;
  readonly first_at: string;
  readonly last_success_at: string | null;
}

/**
 * What the table of runs says of them, and no process's memory: that of a worker knows neither what another began nor what
 * was before its start.
 */
export class RunStateMetrics {
  private readonly open;
  private readonly openSince;
  private readonly first;
  private readonly lastSuccess;

  constructor(registry: Registry) {
    const gauge = (name: string, help: string) =>
      new Gauge({ registers: [registry], name, help, labelNames: ['pipeline'] as const });
    this.open = gauge(
      'weir_open_runs',
      'Keeper: runs that are queued or running, as PostgreSQL has them. This and the next three stay as they were while PostgreSQL is away.',
    );
    this.openSince = gauge(
      'weir_oldest_open_run_timestamp_seconds',
      'Keeper: when the oldest open run was asked for, in seconds since 1970; absent where none is open.',
    );
    this.lastSuccess = gauge(
      'weir_last_success_timestamp_seconds',
      'Keeper: when a run last succeeded or found nothing new, in seconds since 1970; absent where none ever has. A run that only replayed dead letters is none.',
    );
    this.first = gauge(
      'weir_first_run_timestamp_seconds',
      'Keeper: when the first run was asked for, in seconds since 1970: since then there could have been a success.',
    );
  }

  /** @param states null where they could not be told: then nothing that is known has changed. */
  set(states: readonly RunState[] | null): void {
    if (states === null) return;
    for (const gauge of [this.open, this.openSince, this.first, this.lastSuccess]) gauge.reset();
    for (const { pipeline, open, open_since, first_at, last_success_at } of states) {
      this.open.set({ pipeline }, open);
      this.first.set({ pipeline }, seconds(first_at));
      if (open_since !== null) this.openSince.set({ pipeline }, seconds(open_since));
      if (last_success_at !== null) this.lastSuccess.set({ pipeline }, seconds(last_success_at));
    }
  }
}

function seconds(time: string): number {
  return Date.parse(time) / 1000;
}
