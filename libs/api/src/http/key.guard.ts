import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { KeyService, requireScope, type Principal, type Scope } from '@weir/accounts';
import { WeirError } from '@weir/pipeline';
import type { Request, Response } from 'express';
import { RateLimits } from './rate-limits.js';
import { contextOf } from './request-context.js';

const publicRoute = 'weir:public';
const requiredScope = 'weir:scope';
/** What says that a key is wrong, and not that it cannot be looked up. */
const refusals = new Set(['missing_api_key', 'invalid_api_key']);

/** The route needs no key. */
export const Public = () => SetMetadata(publicRoute, true);

/** The route needs a key with this scope. */
export const RequireScope = (scope: Scope) => SetMetadata(requiredScope, scope);

/**
 * Lets in who holds a valid key in `x-key`. Requests without one are counted by address, and beyond a limit no such key is
 * looked up any more; keys that this process has seen to be valid get in from there all the same.
 */
@Injectable()
export class KeyGuard implements CanActivate {
  constructor(
    private readonly keys: KeyService,
    private readonly limits: RateLimits,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    if (marked<boolean>(this.reflector, publicRoute, execution) === true) return true;
    const http = execution.switchToHttp();
    const request = http.getRequest<Request>();
    contextOf(request).principal = await this.holder(request, http.getResponse<Response>());
    return true;
  }

  private async holder(request: Request, response: Response): Promise<Principal> {
    const key = request.get('x-key');
    const known = this.keys.isKnown(key);
    // Before the look-up, so that requests in parallel are not all let through.
    if (!known) this.limits.count(['no_key'], request, response);
    try {
      const principal = await this.keys.authenticate(key);
      if (!known) this.limits.giveBack('no_key', request, response);
      return principal;
    } catch (error) {
      const refused = error instanceof WeirError && refusals.has(error.code);
      if (refused && known) this.limits.count(['no_key'], request, response);
      if (!refused && !known) this.limits.giveBack('no_key', request, response);
      throw error;
    }
  }
}

/** Lets in whose key has the scope that the route needs. After the rate limit: what is refused here counts there. */
@Injectable()
export class ScopeGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(execution: ExecutionContext): boolean {
    const scope = marked<Scope>(this.reflector, requiredScope, execution);
    if (scope === undefined) return true;
    const { principal } = contextOf(execution.switchToHttp().getRequest<Request>());
    if (principal === undefined) throw new WeirError('internal_error', 'A public route asks for a scope.');
    requireScope(principal, scope);
    return true;
  }
}

function marked<T>(reflector: Reflector, mark: string, execution: ExecutionContext): T | undefined {
  return reflector.getAllAndOverride<T | undefined>(mark, [execution.getHandler(), execution.getClass()]);
}
