import type { RunningStep } from '@weir/orchestration';

/** A process, or a part of one, that executes the steps of runs. Times are ISO 8601 in UTC. */
export interface Worker {
  readonly worker_id: string;
  /** `inline`: inside the process that serves the API, or answers a command; `temporal`: a process of its own. */
  readonly engine: 'inline' | 'temporal';
  /** What it takes its steps from. */
  readonly queue: string;
  readonly host: string;
  readonly pid: number;
  readonly started_at: string;
  readonly last_seen: string;
  /** `busy`: a run is under way, waits for its turn, or for its next try. */
  readonly status: 'idle' | 'busy';
  readonly running: readonly RunningStep[];
  /** Attempts of steps that ended well since it started. */
  readonly finished: number;
  /** Attempts of steps that failed since it started. */
  readonly failed: number;
}

/** Knows the workers that there are now. A class, because an interface is no token to inject by. */
export abstract class WorkerDirectory {
  abstract all(): Promise<readonly Worker[]>;
}
