import { Injectable } from '@nestjs/common';
import { foldEmail } from '@weir/accounts';
import { WeirError } from '@weir/pipeline';
import type { Request, Response } from 'express';
import { Bindings } from '../bindings.js';
import { networkOf } from './client-network.js';
import { contextOf } from './request-context.js';
import { WindowCounter, type Standing } from './window-counter.js';

/**
 * `key`: requests with one key; `address`, `account`: registrations and reissues; `no_key`: requests from one address
 * without a key that is valid.
 */
export type Limit = 'key' | 'address' | 'account' | 'no_key';

/** Characters of an e-mail that tell accounts apart; what is longer is refused anyway. */
const longestEmail = 255;

const whose: { readonly [limit in Limit]: string } = {
  key: 'of this key',
  address: 'from this address',
  account: 'for this e-mail',
  no_key: 'without a valid key from this address',
};

/** The counters, in this process. Says in `RateLimit-*` how much is left of the limit that will be met first. */
@Injectable()
export class RateLimits {
  private readonly counters: { readonly [limit in Limit]: WindowCounter | null };

  constructor(bindings: Bindings) {
    const { key, address, account } = bindings.settings.rateLimits;
    this.counters = {
      key: counter(key),
      address: counter(address),
      account: counter(account),
      // As much as one key may ask: so a guesser gets no more out of the database than who holds a key.
      no_key: counter(key),
    };
  }

  /** Counts a request against each of these limits. @throws WeirError `too_many_requests`, with `Retry-After` set. */
  count(limits: readonly Limit[], request: Request, response: Response): void {
    let fewest: Standing | undefined;
    for (const limit of limits) {
      const who = whoIsCounted(limit, request);
      const standing = who === undefined ? undefined : this.counters[limit]?.take(who);
      if (standing === undefined) continue;
      if (!standing.allowed) {
        contextOf(request).limit = limit;
        throw tooMany(limit, standing, response);
      }
      if (fewest === undefined || standing.remaining < fewest.remaining) fewest = standing;
    }
    if (fewest !== undefined) announce(fewest, response);
  }

  /** Takes back what `count` counted for a request, and said of it. */
  giveBack(limit: Limit, request: Request, response: Response): void {
    const who = whoIsCounted(limit, request);
    if (who === undefined) return;
    this.counters[limit]?.giveBack(who);
    for (const name of ['Limit', 'Remaining', 'Reset']) response.removeHeader(`RateLimit-${name}`);
  }
}

function counter(limit: number): WindowCounter | null {
  return limit === 0 ? null : new WindowCounter(limit);
}

function whoIsCounted(limit: Limit, request: Request): string | undefined {
  if (limit === 'key') return contextOf(request).principal?.key_id;
  if (limit !== 'account') return networkOf(request.ip);
  const { email } = (request.body ?? {}) as { readonly email?: unknown };
  return typeof email === 'string' ? foldEmail(email.slice(0, longestEmail)) : undefined;
}

function announce({ limit, remaining, seconds }: Standing, response: Response): void {
  response.setHeader('RateLimit-Limit', String(limit));
  response.setHeader('RateLimit-Remaining', String(remaining));
  response.setHeader('RateLimit-Reset', String(seconds));
}

function tooMany(limit: Limit, standing: Standing, response: Response): WeirError {
  announce(standing, response);
  response.setHeader('Retry-After', String(standing.seconds));
  return new WeirError(
    'too_many_requests',
    `${standing.limit} requests a minute ${whose[limit]} are allowed; try again in ${standing.seconds} s.`,
  );
}
