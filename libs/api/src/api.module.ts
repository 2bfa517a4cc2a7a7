import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import type { ApiBindings } from './bindings.js';
import { CovidModule } from './covid/covid.module.js';
import { DeadLettersModule } from './dead-letters/dead-letters.module.js';
import { HealthModule } from './health/health.module.js';
import { KeyGuard, ScopeGuard } from './http/key.guard.js';
import { ProblemFilter } from './http/problem.filter.js';
import { RateLimitGuard } from './http/rate-limit.guard.js';
import { RateLimits } from './http/rate-limits.js';
import { RequestPipe } from './http/request.pipe.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { PipelinesModule } from './pipelines/pipelines.module.js';
import { RunsModule } from './runs/runs.module.js';
import { ServicesModule } from './services.module.js';
import { UsersModule } from './users/users.module.js';
import { WorkersModule } from './workers/workers.module.js';

@Module({})
export class ApiModule {
  static over(bindings: ApiBindings): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        ServicesModule.over(bindings),
        UsersModule,
        CovidModule,
        RunsModule,
        PipelinesModule,
        DeadLettersModule,
        WorkersModule,
        HealthModule,
        MetricsModule,
      ],
      providers: [
        { provide: APP_FILTER, useClass: ProblemFilter },
        RateLimits,
        // In this order: the limit of a key needs to know whose it is, and counts what lacks a scope.
        { provide: APP_GUARD, useClass: KeyGuard },
        { provide: APP_GUARD, useClass: RateLimitGuard },
        { provide: APP_GUARD, useClass: ScopeGuard },
        { provide: APP_PIPE, useClass: RequestPipe },
      ],
    };
  }
}
