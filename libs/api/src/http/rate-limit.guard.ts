import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { RateLimits, type Limit } from './rate-limits.js';

const limitedBy = 'weir:limited-by';

/** A public route counts against these limits; others count against their key's. */
export const LimitedBy = (...limits: readonly Limit[]) => SetMetadata(limitedBy, limits);

/** Refuses with `Retry-After` what is beyond a limit. Runs after the key guard, which knows whose key it is. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    private readonly limits: RateLimits,
    private readonly reflector: Reflector,
  ) {}

  canActivate(execution: ExecutionContext): boolean {
    const http = execution.switchToHttp();
    const marked = this.reflector.get<readonly Limit[] | undefined>(limitedBy, execution.getHandler());
    this.limits.count(marked ?? ['key'], http.getRequest<Request>(), http.getResponse<Response>());
    return true;
  }
}
