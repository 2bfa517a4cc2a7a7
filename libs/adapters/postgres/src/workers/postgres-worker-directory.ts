import type { Worker, WorkerDirectory } from '@weir/operations';
import type { DataSource } from 'typeorm';
import { withPostgres } from '../connection.js';

/** Seconds without a sign of life after which a worker is none any more; and after how many nobody asks for its row. */
const SEEN_WITHIN = 60;
const FORGOTTEN_AFTER = 86_400;

/** What a worker tells of itself; when it was last seen is for PostgreSQL's clock to say. */
export type WorkerReport = Omit<Worker, 'last_seen' | 'status'>;

interface WorkerRow {
  readonly worker_id: string;
  readonly engine: Worker['engine'];
  readonly queue: string;
  readonly host: string;
  readonly pid: number;
  readonly started_at: Date;
  readonly last_seen: Date;
  readonly running: Worker['running'];
  /** Bigints, which pg gives as text. */
  readonly finished: string;
  readonly failed: string;
}

/** The workers of the stack, by what each writes down of itself every few seconds. */
export class PostgresWorkerDirectory implements WorkerDirectory {
  constructor(private readonly source: DataSource) {}

  /** Those that were seen within the last minute, by name. */
  async all(): Promise<readonly Worker[]> {
    const rows = await withPostgres(this.source, () =>
      this.source.query<WorkerRow[]>(
        `SELECT * FROM workers WHERE last_seen > clock_timestamp() - make_interval(secs => $1) ORDER BY worker_id`,
        [SEEN_WITHIN],
      ),
    );
    return rows.map(workerOf);
  }

  /** Writes down that a worker is there, and what it does; sweeps away what killed ones left long ago. */
  async report({ worker_id, engine, queue, host, pid, started_at, running, ...counts }: WorkerReport): Promise<void> {
    await withPostgres(this.source, () =>
      this.source.query(
        `WITH forgotten AS (DELETE FROM workers WHERE worker_id <> $1
           AND last_seen < clock_timestamp() - make_interval(secs => ${FORGOTTEN_AFTER}))
         INSERT INTO workers (worker_id, engine, queue, host, pid, started_at, running, finished, failed)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (worker_id) DO UPDATE SET engine = excluded.engine, queue = excluded.queue, host = excluded.host,
           pid = excluded.pid, started_at = excluded.started_at, running = excluded.running,
           finished = excluded.finished, failed = excluded.failed, last_seen = clock_timestamp()`,
        [worker_id, engine, queue, host, pid, started_at, JSON.stringify(running), counts.finished, counts.failed],
      ),
    );
  }

  /** For a worker that stops in order. */
  async remove(workerId: string): Promise<void> {
    await withPostgres(this.source, () => this.source.query(`DELETE FROM workers WHERE worker_id = $1`, [workerId]));
  }
}

function workerOf(row: WorkerRow): Worker {
  return {
    worker_id: row.worker_id,
    engine: row.engine,
    queue: row.queue,
    host: row.host,
    pid: row.pid,
    started_at: row.started_at.toISOString(),
    last_seen: row.last_seen.toISOString(),
    status: row.running.length > 0 ? 'busy' : 'idle',
    // In one order: jsonb has an order of its own.
    running: row.running.map(({ run_id, pipeline, step, since }) => ({ run_id, pipeline, step, since })),
    finished: Number(row.finished),
    failed: Number(row.failed),
  };
}
