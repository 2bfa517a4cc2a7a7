import { hostname } from 'node:os';
import type { Worker } from '@weir/operations';
import type { StepRunner } from '@weir/orchestration';

/** Milliseconds after which a worker that has nothing new to tell says that it is there. */
const AGAIN_AFTER = 5_000;

interface Directory {
  report(worker: Omit<Worker, 'last_seen' | 'status'>): Promise<void>;
}

/**
 * What a worker tells of itself. Asked more often than it has to: it tells when a step has begun or ended, because many are over
 * before it would say again that it is there.
 */
export function workerReport(
  { worker_id, queue }: Pick<Worker, 'worker_id' | 'queue'>,
  work: StepRunner['work'],
  directory: Directory,
): () => Promise<void> {
  const about = { worker_id, engine: 'temporal', queue, host: hostname(), pid: process.pid } as const;
  const started_at = new Date().toISOString();
  let told = { changes: -1, at: -Infinity };
  return async () => {
    const now = { changes: work.changes, at: performance.now() };
    if (now.changes === told.changes && now.at - told.at < AGAIN_AFTER) return;
    await directory.report({ ...about, started_at, ...work.done() });
    told = now;
  };
}
