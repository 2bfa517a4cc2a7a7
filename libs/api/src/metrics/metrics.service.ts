import { Injectable } from '@nestjs/common';
import { IncidenceService } from '@weir/incidence';
import { HealthService } from '@weir/operations';
import { Bindings } from '../bindings.js';

/** Tells what was counted, and looks up what holds now. Answers in seconds, also where a dependency never does. */
@Injectable()
export class MetricsService {
  constructor(
    private readonly bindings: Bindings,
    private readonly health: HealthService,
    private readonly incidence: IncidenceService,
  ) {}

  async text(): Promise<string> {
    const { metrics, readiness } = this.bindings;
    const { dependencies } = await this.health.health();
    metrics.state.set({
      ready: readiness().ready,
      dependencies: Object.fromEntries(
        Object.entries(dependencies).map(([name, { status, latency_ms }]) => [
          name,
          { up: status === 'ok', seconds: latency_ms / 1000 },
        ]),
      ),
      resultCache: this.incidence.statistics,
    });
    return metrics.text();
  }
}
