import { collectDefaultMetrics, Registry } from 'prom-client';
import { buildInfo } from './build-info.js';
import { RunStateMetrics } from './run-state-metrics.js';
import { SinkMetrics } from './sink-metrics.js';

/** All that a keeper measures, in a registry of its own. */
export class KeeperMetrics {
  readonly registry = new Registry();
  readonly sink: SinkMetrics;
  readonly runs: RunStateMetrics;

  constructor({ version, ofProcess }: { readonly version: string; readonly ofProcess: boolean }) {
    buildInfo(this.registry, version);
    this.sink = new SinkMetrics(this.registry);
    this.runs = new RunStateMetrics(this.registry);
    if (ofProcess) collectDefaultMetrics({ register: this.registry });
  }

  /** In Prometheus' text format 0.0.4. */
  async page(): Promise<{ readonly contentType: string; readonly text: string }> {
    return { contentType: this.registry.contentType, text: await this.registry.metrics() };
  }
}
