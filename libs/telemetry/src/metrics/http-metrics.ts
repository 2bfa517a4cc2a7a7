import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** Seconds: from an answer out of a cache to an export of everything. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** The limits that requests can meet; each has its series from the start, so that a first refusal is seen as a rise. */
export const rateLimits = ['key', 'address', 'account', 'no_key'] as const;
/** The ways in which a key is refused. */
export const keyRejections = ['missing_api_key', 'invalid_api_key', 'missing_scope'] as const;

/** A request that is over. */
export interface AnsweredRequest {
  readonly method: string;
  /** The route's template, such as `/runs/{run_id}`; undefined where the path has none. Never the path itself. */
  readonly route: string | undefined;
  /** Undefined where the caller went away before there was an answer. */
  readonly status: number | undefined;
  readonly seconds: number;
  /** Of the body, as it was sent. */
  readonly bytes: number;
  /** The code of the problem document, where one was answered. */
  readonly problem: string | undefined;
  /** Which limit refused it. */
  readonly limit: string | undefined;
}

/** What is counted of requests to the API. */
export class HttpMetrics {
  private readonly requests;
  private readonly duration;
  private readonly inFlight;
  private readonly responseBytes;
  private readonly rateLimited;
  private readonly keysRejected;

  constructor(registry: Registry) {
    const registers = [registry];
    this.requests = new Counter({
      registers,
      name: 'weir_http_requests_total',
      help: 'Requests that are over. `route` is the template of the path, `(none)` where there is no such route; `status` is `aborted` where the caller went away before an answer.',
      labelNames: ['method', 'route', 'status'] as const,
    });
    this.duration = new Histogram({
      registers,
      name: 'weir_http_request_duration_seconds',
      help: 'Seconds from the head of a request to the end of its answer, or until the caller went away.',
      labelNames: ['method', 'route'] as const,
      buckets,
    });
    this.inFlight = new Gauge({
      registers,
      name: 'weir_http_requests_in_flight',
      help: 'Requests being answered now, the one for these metrics included.',
    });
    this.responseBytes = new Counter({
      registers,
      name: 'weir_http_response_bytes_total',
      help: 'Bytes of the bodies of answers, as sent: compressed where they were.',
      labelNames: ['route'] as const,
    });
    this.rateLimited = new Counter({
      registers,
      name: 'weir_rate_limited_total',
      help: 'Requests refused with 429, by the limit they met: of a `key`; of registrations and reissues from an `address` or for an `account`; of requests without a valid key from one address (`no_key`).',
      labelNames: ['limit'] as const,
    });
    this.keysRejected = new Counter({
      registers,
      name: 'weir_key_rejections_total',
      help: 'Requests refused for their API key, by the code of the refusal.',
      labelNames: ['code'] as const,
    });
    for (const limit of rateLimits) this.rateLimited.inc({ limit }, 0);
    for (const code of keyRejections) this.keysRejected.inc({ code }, 0);
  }

  begun(): void {
    this.inFlight.inc();
  }

  /** Is told once of each request that had begun. */
  ended({ method, route = '(none)', status, seconds, bytes, problem, limit }: AnsweredRequest): void {
    const known = methods.has(method) ? method : 'other';
    this.inFlight.dec();
    this.requests.inc({ method: known, route, status: status === undefined ? 'aborted' : String(status) });
    this.duration.observe({ method: known, route }, seconds);
    this.responseBytes.inc({ route }, bytes);
    if (limit !== undefined) this.rateLimited.inc({ limit });
    const rejection = keyRejections.find((code) => code === problem);
    if (rejection !== undefined) this.keysRejected.inc({ code: rejection });
  }
}
