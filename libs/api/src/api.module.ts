import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import type { ApiBindings } from './bindings.js';
import { CovidModule } from './covid/covid.module.js';
import { HealthModule } from './health/health.module.js';
import { KeyGuard } from './http/key.guard.js';
import { ProblemFilter } from './http/problem.filter.js';
import { RateLimitGuard } from './http/rate-limit.guard.js';
import { RequestPipe } from './http/request.pipe.js';
import { ServicesModule } from './services.module.js';
import { UsersModule } from './users/users.module.js';

@Module({})
export class ApiModule {
  static over(bindings: ApiBindings): DynamicModule {
    return {
      module: ApiModule,
      imports: [ServicesModule.over(bindings), UsersModule, CovidModule, HealthModule],
      providers: [
        { provide: APP_FILTER, useClass: ProblemFilter },
        // In this order: the limit of a key needs to know whose it is.
        { provide: APP_GUARD, useClass: KeyGuard },
        { provide: APP_GUARD, useClass: RateLimitGuard },
        { provide: APP_PIPE, useClass: RequestPipe },
      ],
    };
  }
}
