import type { ApiKeyRepository, UserRepository } from '@weir/accounts';
import type { IncidenceRepository } from '@weir/incidence';

/** Everything the API needs from the process that serves it. */
export interface ApiBindings {
  readonly users: UserRepository;
  readonly keys: ApiKeyRepository;
  readonly incidence: IncidenceRepository;
  readonly health: readonly HealthProbe[];
  readonly readiness: () => Readiness;
  readonly settings: ApiSettings;
  readonly log: (entry: LogEntry) => void;
}

/** Asks one dependency whether it answers. */
export interface HealthProbe {
  /** As it is called in `/health`, such as `postgres`. */
  readonly name: string;
  /** Rejects where it does not. */
  readonly check: () => Promise<void>;
}

export interface Readiness {
  readonly ready: boolean;
  /** What is waited for, in words for people; null when ready. */
  readonly waitingFor: string | null;
}

/** Requests a minute; 0 is no limit. */
export interface RateLimitSettings {
  /** Of one key. */
  readonly key: number;
  /** Registrations and reissues from one address. */
  readonly address: number;
  /** Registrations and reissues of one e-mail. */
  readonly account: number;
}

export interface ApiSettings {
  /** Proxies in front of this process, whose X-Forwarded-For is believed. */
  readonly trustProxyHops: number;
  readonly rateLimits: RateLimitSettings;
  /** bcrypt's cost, 4 to 31. */
  readonly bcryptCost: number;
  /** Of Weir, for the OpenAPI document. */
  readonly version: string;
}

/** One line of the log; without secrets, with the ids that join the lines of a request. */
export interface LogEntry {
  readonly level: 'info' | 'warn' | 'error';
  readonly event: string;
  readonly request_id?: string;
  readonly correlation_id?: string;
  readonly [field: string]: unknown;
}

/** The bindings as they are injected: a class, because an interface is no token. */
export abstract class Bindings implements ApiBindings {
  abstract readonly users: UserRepository;
  abstract readonly keys: ApiKeyRepository;
  abstract readonly incidence: IncidenceRepository;
  abstract readonly health: readonly HealthProbe[];
  abstract readonly readiness: () => Readiness;
  abstract readonly settings: ApiSettings;
  abstract readonly log: (entry: LogEntry) => void;
}
