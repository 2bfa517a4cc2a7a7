import { collectDefaultMetrics, Registry } from 'prom-client';
import type { RunEvents } from '../run-events.js';
import { HttpMetrics } from './http-metrics.js';
import { runMetrics } from './run-metrics.js';
import { StateMetrics } from './state-metrics.js';

export interface MetricsSettings {
  /** Of Weir. */
  readonly version: string;
  /** Whether the process itself is measured too (CPU, memory, event loop); once a process. */
  readonly ofProcess: boolean;
  /**
   * Whether runs begin and end in this process, as they do unless it is a worker of the stack; else it cannot tell how many
   * are in progress, and has no such metric.
   */
  readonly wholeRuns?: boolean;
}

/** All that is measured, in a registry of its own: two in one process do not see one another. */
export class Metrics {
  readonly registry = new Registry();
  readonly http: HttpMetrics;
  readonly runs: RunEvents;
  readonly state: StateMetrics;

  constructor({ version, ofProcess, wholeRuns = true }: MetricsSettings) {
    this.state = new StateMetrics(this.registry, version);
    this.http = new HttpMetrics(this.registry);
    this.runs = runMetrics(this.registry, { wholeRuns });
    if (ofProcess) collectDefaultMetrics({ register: this.registry });
  }

  /** Media type of `text`. */
  get contentType(): string {
    return this.registry.contentType;
  }

  /** Everything in Prometheus' text format 0.0.4. */
  text(): Promise<string> {
    return this.registry.metrics();
  }
}
