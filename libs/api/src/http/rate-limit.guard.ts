import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { foldEmail } from '@weir/accounts';
import { WeirError } from '@weir/pipeline';
import type { Request, Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Bindings, type RateLimitSettings } from '../bindings.js';
import { contextOf } from './request-context.js';

type Limit = keyof RateLimitSettings;
const limitedBy = 'weir:limited-by';
/** Seconds. */
const window = 60;
/** Characters of an e-mail that tell accounts apart; what is longer is refused anyway. */
const longestEmail = 255;

/** A public route counts against these limits; others count against their key's. */
export const LimitedBy = (...limits: readonly Limit[]) => SetMetadata(limitedBy, limits);

/**
 * Counts requests in windows of a minute, in this process. Says in `RateLimit-*` how much is left of the limit that will
 * be met first, and refuses with `Retry-After` what is beyond it. Runs after the key guard.
 */
@Injectable()
export class RateLimitGuard implements CanActivate {
  private readonly limiters: { readonly [limit in Limit]: RateLimiterMemory | null };

  constructor(
    bindings: Bindings,
    private readonly reflector: Reflector,
  ) {
    const { key, address, account } = bindings.settings.rateLimits;
    this.limiters = {
      key: limiter('key', key),
      address: limiter('address', address),
      account: limiter('account', account),
    };
  }

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const request = execution.switchToHttp().getRequest<Request>();
    const response = execution.switchToHttp().getResponse<Response>();
    const marked = this.reflector.get<readonly Limit[] | undefined>(limitedBy, execution.getHandler());
    let fewest = Infinity;
    for (const limit of marked ?? (['key'] as const)) {
      const limiter = this.limiters[limit];
      const who = whoIsCounted(limit, request);
      if (limiter === null || who === undefined) continue;
      const { allowed, state } = await take(limiter, who);
      const seconds = Math.max(1, Math.ceil(state.msBeforeNext / 1000));
      if (!allowed || state.remainingPoints < fewest) {
        fewest = state.remainingPoints;
        response.setHeader('RateLimit-Limit', String(limiter.points));
        response.setHeader('RateLimit-Remaining', String(state.remainingPoints));
        response.setHeader('RateLimit-Reset', String(seconds));
      }
      if (!allowed) throw tooMany(limit, limiter.points, seconds, response);
    }
    return true;
  }
}

function limiter(keyPrefix: Limit, points: number): RateLimiterMemory | null {
  return points === 0 ? null : new RateLimiterMemory({ keyPrefix, points, duration: window });
}

function whoIsCounted(limit: Limit, request: Request): string | undefined {
  if (limit === 'key') return contextOf(request).principal?.key_id;
  if (limit === 'address') return request.ip;
  const { email } = (request.body ?? {}) as { readonly email?: unknown };
  return typeof email === 'string' ? foldEmail(email.slice(0, longestEmail)) : undefined;
}

/** The limiter rejects with its state where nothing is left. */
async function take(limiter: RateLimiterMemory, who: string): Promise<{ allowed: boolean; state: RateLimiterRes }> {
  try {
    return { allowed: true, state: await limiter.consume(who) };
  } catch (state) {
    if (state instanceof RateLimiterRes) return { allowed: false, state };
    throw state;
  }
}

function tooMany(limit: Limit, points: number, seconds: number, response: Response): WeirError {
  response.setHeader('Retry-After', String(seconds));
  const whose = { key: 'of this key', address: 'from this address', account: 'for this e-mail' }[limit];
  return new WeirError(
    'too_many_requests',
    `${points} requests a minute ${whose} are allowed; try again in ${seconds} s.`,
  );
}
