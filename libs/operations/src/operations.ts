import type { IssuedKey, KeySummary } from '@weir/accounts';
import type { Branch, Problem } from '@weir/pipeline';
import type { Only, Progress, Run, Task } from '@weir/orchestration';
import type { StoreStatus } from '@weir/migrations';
import type { Worker } from './workers/worker-directory.js';

export interface PipelineSummary {
  readonly name: string;
  readonly description: string;
  readonly source: string;
  readonly sink: string;
  /** Cron, UTC. */
  readonly schedule: string | null;
  readonly last_run: Run | null;
  /** Of a pipeline whose file has mistakes; all else is then empty. */
  readonly problems: readonly Problem[];
}

export interface RunRequest {
  readonly pipeline: string;
  readonly branch: Branch | null;
  readonly only: Only | null;
}

/** A run with its steps. */
export interface RunDetails extends Run {
  readonly tasks: readonly Task[];
}

export interface Health {
  readonly status: 'ok' | 'degraded' | 'down';
  readonly dependencies: {
    readonly [name: string]: { readonly status: 'ok' | 'down'; readonly latency_ms: number };
  };
}

export type Report = (progress: Progress) => void;

/**
 * What an operator can do with a running system. The process that owns the state implements it; the command line calls
 * it there, through a socket. Arguments and answers are plain JSON; failures are WeirErrors.
 */
export interface Operations {
  list(input: Record<string, never>): Promise<readonly PipelineSummary[]>;
  /** Runs a pipeline to its end, after whatever an earlier process left open. */
  run(input: RunRequest, report: Report): Promise<RunDetails>;
  /** The latest runs. */
  runs(input: { readonly limit: number }): Promise<readonly Run[]>;
  /** One run or one task, by id; `not_found`. */
  status(input: { readonly id: string }): Promise<RunDetails | Task>;
  health(input: Record<string, never>): Promise<Health>;
  /** Who executes runs now; nobody where the process only answers the command line. */
  workers(input: Record<string, never>): Promise<readonly Worker[]>;
  migrateStatus(input: Record<string, never>): Promise<readonly StoreStatus[]>;
  migrateRun(input: { readonly dry_run: boolean }): Promise<readonly string[]>;
  /** `expires`: a day, to its end, or a time; without it the key does not end. */
  keysCreate(input: {
    readonly email: string;
    readonly scopes: readonly string[];
    readonly expires?: string;
  }): Promise<IssuedKey>;
  keysReissue(input: { readonly email: string }): Promise<IssuedKey>;
  /** One key, or all of a user. @returns the ids of the keys revoked. */
  keysRevoke(
    input: { readonly id: string } | { readonly email: string },
  ): Promise<{ readonly revoked: readonly string[] }>;
  keysList(input: Record<string, never>): Promise<readonly KeySummary[]>;
}

export type OperationName = keyof Operations;

/** Every operation, so that the socket can tell a name from a typing error. */
export const operationNames: readonly OperationName[] = [
  'list',
  'run',
  'runs',
  'status',
  'health',
  'workers',
  'migrateStatus',
  'migrateRun',
  'keysCreate',
  'keysReissue',
  'keysRevoke',
  'keysList',
];
