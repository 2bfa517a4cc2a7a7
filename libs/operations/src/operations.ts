import type { IssuedKey, KeySummary } from '@weir/accounts';
import type { Branch, Problem } from '@weir/pipeline';
import type { Only, Progress, Run, Task } from '@weir/orchestration';
import type { StoreStatus } from '@weir/migrations';
import type { Page } from '@weir/record';
import type { DeadLetterView } from './dead-letters/dead-letter-view.js';
import type { DeadLetterListQuery, ReplayReport } from './dead-letters/dead-letters.service.js';
import type { Health } from './health/health.service.js';
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

/** As an operator asks for a run. */
export interface RunOrder extends RunRequest {
  /** Whether to wait for the end; yes where it is absent. Embedded always does: the engine may end with the answer. */
  readonly wait?: boolean;
}

/** A run with its steps. */
export interface RunDetails extends Run {
  readonly tasks: readonly Task[];
}

export type Report = (progress: Progress) => void;

/**
 * What an operator can do with a running system. Embedded, the process that owns the state implements it, and the command
 * line calls it there, through a socket; in the stack the command line does it itself. Arguments and answers are plain JSON; failures are WeirErrors.
 */
export interface Operations {
  list(input: Record<string, never>): Promise<readonly PipelineSummary[]>;
  /** Begins a run of a pipeline, or runs it to its end. */
  run(input: RunOrder, report: Report): Promise<RunDetails>;
  /** The latest runs. */
  runs(input: { readonly limit: number }): Promise<readonly Run[]>;
  /** One run or one task, by id; `not_found`. */
  status(input: { readonly id: string }): Promise<RunDetails | Task>;
  health(input: Record<string, never>): Promise<Health>;
  /** Who executes runs now; nobody where the process only answers the command line. */
  workers(input: Record<string, never>): Promise<readonly Worker[]>;
  migrateStatus(input: Record<string, never>): Promise<readonly StoreStatus[]>;
  migrateRun(input: { readonly dry_run: boolean }): Promise<readonly string[]>;
  /** Letters with what became of them, the oldest first. */
  dlqList(input: DeadLetterListQuery): Promise<Page<DeadLetterView>>;
  /** One letter, whole; `not_found`. */
  dlqShow(input: { readonly id: string }): Promise<DeadLetterView>;
  /** Publishes letters once more; null: all that wait. */
  dlqReplay(input: { readonly ids: readonly string[] | null }): Promise<ReplayReport>;
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
  'dlqList',
  'dlqShow',
  'dlqReplay',
  'keysCreate',
  'keysReissue',
  'keysRevoke',
  'keysList',
];
