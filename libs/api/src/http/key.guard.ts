import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { KeyService, requireScope, type Scope } from '@weir/accounts';
import type { Request } from 'express';
import { contextOf } from './request-context.js';

const publicRoute = 'weir:public';
const requiredScope = 'weir:scope';

/** The route needs no key. */
export const Public = () => SetMetadata(publicRoute, true);

/** The route needs a key with this scope. */
export const RequireScope = (scope: Scope) => SetMetadata(requiredScope, scope);

/** Lets in who holds a valid key in `x-key`, with the scope the route needs. */
@Injectable()
export class KeyGuard implements CanActivate {
  constructor(
    private readonly keys: KeyService,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const places = [execution.getHandler(), execution.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(publicRoute, places) === true) return true;
    const request = execution.switchToHttp().getRequest<Request>();
    const principal = await this.keys.authenticate(request.get('x-key'));
    contextOf(request).principal = principal;
    const scope = this.reflector.getAllAndOverride<Scope | undefined>(requiredScope, places);
    if (scope !== undefined) requireScope(principal, scope);
    return true;
  }
}
