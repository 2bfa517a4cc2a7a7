import type { ApiKeyRepository, UserRepository } from '@weir/accounts';
import type { IncidenceRepository } from '@weir/incidence';
import type { DeadLettersService, HealthProbe, PipelinesService, RunsService, WorkerDirectory } from '@weir/operations';
import type { Log, Metrics } from '@weir/telemetry';

export type { LogEntry } from '@weir/telemetry';

/** Everything the API needs from the process that serves it. */
export interface ApiBindings {
  readonly users: UserRepository;
  readonly keys: ApiKeyRepository;
  readonly incidence: IncidenceRepository;
  /** Made by the process, which answers its command line with the same. */
  readonly runs: RunsService;
  readonly pipelines: PipelinesService;
  readonly deadLetters: DeadLettersService;
  readonly workers: WorkerDirectory;
  readonly health: readonly HealthProbe[];
  readonly readiness: () => Readiness;
  /** Folder of the built web page; null serves none. */
  readonly page: string | null;
  readonly settings: ApiSettings;
  readonly log: Log;
  /** Of this process; its runs are counted there too. */
  readonly metrics: Metrics;
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

/** The bindings as they are injected: a class, because an interface is no token. */
export abstract class Bindings implements ApiBindings {
  abstract readonly users: UserRepository;
  abstract readonly keys: ApiKeyRepository;
  abstract readonly incidence: IncidenceRepository;
  abstract readonly runs: RunsService;
  abstract readonly pipelines: PipelinesService;
  abstract readonly deadLetters: DeadLettersService;
  abstract readonly workers: WorkerDirectory;
  abstract readonly health: readonly HealthProbe[];
  abstract readonly readiness: () => Readiness;
  abstract readonly page: string | null;
  abstract readonly settings: ApiSettings;
  abstract readonly log: Log;
  abstract readonly metrics: Metrics;
}
