import { hostname } from 'node:os';
import { WorkerDirectory, type Worker } from '@weir/operations';
import type { InlineEngine } from '@weir/orchestration';

/**
 * The one worker of the embedded system: the engine in this process. A process that only answers the command line is none
 * but while it executes a run: it ends with the command that started it, and waits for no work.
 */
export class InlineWorker extends WorkerDirectory {
  private readonly startedAt = new Date().toISOString();

  /** @param stays whether the process serves until somebody stops it. */
  constructor(
    private readonly engine: InlineEngine,
    private readonly stays: boolean,
  ) {
    super();
  }

  async all(): Promise<readonly Worker[]> {
    const { busy, running, finished, failed } = this.engine.workDone();
    if (!this.stays && !busy) return [];
    const host = hostname();
    return [
      {
        worker_id: `${host}-${process.pid}`,
        engine: 'inline',
        queue: 'inline',
        host,
        pid: process.pid,
        started_at: this.startedAt,
        last_seen: new Date().toISOString(),
        status: busy ? 'busy' : 'idle',
        running,
        finished,
        failed,
      },
    ];
  }
}
