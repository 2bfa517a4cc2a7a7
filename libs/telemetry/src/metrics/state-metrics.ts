import { Counter, Gauge, type Registry } from 'prom-client';
import { buildInfo } from './build-info.js';

/** What holds at a scrape. */
export interface State {
  readonly ready: boolean;
  readonly dependencies: { readonly [name: string]: { readonly up: boolean; readonly seconds: number } };
  readonly resultCache: { readonly hits: number; readonly misses: number; readonly bytes: number };
}

/** What is looked up when somebody asks, instead of being counted as it happens. */
export class StateMetrics {
  private readonly ready;
  private readonly up;
  private readonly latency;
  private readonly hits;
  private readonly misses;
  private readonly bytes;

  constructor(registry: Registry, version: string) {
    const registers = [registry];
    buildInfo(registry, version);
    this.ready = new Gauge({
      registers,
      name: 'weir_ready',
      help: '1 when `/health/ready` says so, else 0.',
    });
    this.up = new Gauge({
      registers,
      name: 'weir_dependency_up',
      help: '1 where the dependency answered at this scrape, 0 where it refused or did not answer in time.',
      labelNames: ['dependency'] as const,
    });
    this.latency = new Gauge({
      registers,
      name: 'weir_dependency_latency_seconds',
      help: 'Seconds until the dependency answered at this scrape, or was given up.',
      labelNames: ['dependency'] as const,
    });
    this.hits = new Counter({
      registers,
      name: 'weir_result_cache_hits_total',
      help: 'Questions answered from the cache of results, those that waited for the same question of another included.',
    });
    this.misses = new Counter({
      registers,
      name: 'weir_result_cache_misses_total',
      help: 'Questions that the cache of results had no answer for.',
    });
    this.bytes = new Gauge({
      registers,
      name: 'weir_result_cache_bytes',
      help: 'Bytes that the cache of results holds.',
    });
  }

  set({ ready, dependencies, resultCache }: State): void {
    this.ready.set(ready ? 1 : 0);
    for (const [dependency, { up, seconds }] of Object.entries(dependencies)) {
      this.up.set({ dependency }, up ? 1 : 0);
      this.latency.set({ dependency }, seconds);
    }
    // Counted elsewhere: a counter of prom-client can only be brought there from nought.
    for (const [counter, value] of [
      [this.hits, resultCache.hits],
      [this.misses, resultCache.misses],
    ] as const) {
      counter.reset();
      counter.inc(value);
    }
    this.bytes.set(resultCache.bytes);
  }
}
