import type { IngestInput, Run, RunFilter, RunPage, RunRepository, Task } from '@weir/orchestration';
import { WeirError, type Branch } from '@weir/pipeline';
import type { DataSource } from 'typeorm';
import { withPostgres } from '../connection.js';
import { runOf, taskOf, type RunRow, type TaskRow } from './run-row.js';

/**
 * Runs in PostgreSQL. Each call is one statement, atomic by itself, so that it needs no transaction and no state of a
 * session: the embedded PostgreSQL is one session for all connections.
 */
export class PostgresRunRepository implements RunRepository {
  constructor(private readonly source: DataSource) {}

  async create(input: IngestInput, dataset: string): Promise<Run> {
    const [made] = await this.rows<RunRow>(
      `INSERT INTO runs (run_id, pipeline, dataset, status, input) VALUES ($1, $2, $3, 'queued', $4)
       ON CONFLICT (run_id) DO NOTHING RETURNING *`,
      [input.run_id, input.pipeline, dataset, JSON.stringify(input)],
    );
    // Another statement: one that lost a race does not see within itself what the winner has committed.
    const [row = made] = made ? [] : await this.rows<RunRow>(`SELECT * FROM runs WHERE run_id = $1`, [input.run_id]);
    return runOf(required(row, input.run_id));
  }

  async find(runId: string): Promise<Run | null> {
    if (!isUuid(runId)) return null;
    const [row] = await this.rows<RunRow>(`SELECT * FROM runs WHERE run_id = $1`, [runId]);
    return row ? runOf(row) : null;
  }

  async inputOf(runId: string): Promise<IngestInput | null> {
    if (!isUuid(runId)) return null;
    const [row] = await this.rows<RunRow>(`SELECT * FROM runs WHERE run_id = $1`, [runId]);
    return row?.input ?? null;
  }

  async list({ limit, ...filter }: RunFilter & { readonly limit: number }): Promise<Run[]> {
    return [...(await this.page(filter, null, limit)).runs];
  }

  async page({ pipeline, branch, statuses }: RunFilter, before: number | null, limit: number): Promise<RunPage> {
    const rows = await this.rows<RunRow>(
      `SELECT * FROM runs
       WHERE ($1::bigint IS NULL OR number < $1) AND ($2::text IS NULL OR pipeline = $2)
         AND ($3::text IS NULL OR branch = $3) AND ($4::text[] IS NULL OR status = ANY ($4))
       ORDER BY number DESC LIMIT $5`,
      [before, pipeline ?? null, branch ?? null, statuses ?? null, limit + 1],
    );
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return { runs: rows.slice(0, limit).map(runOf), next: last ? Number(last.number) : null };
  }

  async open(): Promise<IngestInput[]> {
    const rows = await this.rows<RunRow>(`SELECT * FROM runs WHERE status IN ('queued', 'running') ORDER BY number`);
    return rows.map((row) => row.input);
  }

  async latestWith(pipeline: string, step: 'extract' | 'transform', branch: Branch | null): Promise<string | null> {
    const [row] = await this.rows<{ run_id: string }>(
      `SELECT r.run_id FROM runs r JOIN tasks t USING (run_id)
       WHERE r.pipeline = $1 AND r.status = 'succeeded' AND t.name = $2 AND t.status = 'succeeded'
         AND ($3::text IS NULL OR r.branch = $3)
       ORDER BY r.number DESC LIMIT 1`,
      [pipeline, step, branch],
    );
    return row?.run_id ?? null;
  }

  async start(runId: string): Promise<void> {
    const started = await this.rows(
      `UPDATE runs SET status = 'running', started_at = coalesce(started_at, clock_timestamp())
       WHERE run_id = $1 AND status IN ('queued', 'running') RETURNING run_id`,
      [runId],
    );
    if (started.length === 0) throw new WeirError('run_ended', `run ${runId} is unknown or has ended`);
  }

  async setBranch(runId: string, branch: Branch): Promise<void> {
    await this.rows(`UPDATE runs SET branch = $2 WHERE run_id = $1 RETURNING run_id`, [runId, branch]);
  }

  async branchOf(runId: string): Promise<Branch | null> {
    const [row] = await this.rows<RunRow>(`SELECT * FROM runs WHERE run_id = $1`, [runId]);
    return row?.branch ?? null;
  }

  async end({ run_id, status, counts, warnings, error }: Parameters<RunRepository['end']>[0]): Promise<void> {
    await this.rows(
      `UPDATE runs SET status = $2, counts = $3, warnings = $4, error = $5, finished_at = clock_timestamp(),
         started_at = coalesce(started_at, clock_timestamp())
       WHERE run_id = $1 AND status IN ('queued', 'running') RETURNING run_id`,
      [run_id, status, JSON.stringify(counts), JSON.stringify(warnings), error && JSON.stringify(error)],
    );
  }

  async claimDataset(dataset: string, runId: string): Promise<void> {
    const claimed = await this.rows(
      `INSERT INTO datasets (dataset, claimed_by) VALUES ($1, $2)
       ON CONFLICT (dataset) DO UPDATE SET claimed_by = excluded.claimed_by
       WHERE datasets.claimed_by IS NULL OR datasets.claimed_by = excluded.claimed_by
         OR NOT EXISTS (SELECT 1 FROM runs WHERE run_id = datasets.claimed_by AND status IN ('queued', 'running'))
       RETURNING dataset`,
      [dataset, runId],
    );
    if (claimed.length === 0) {
      throw new WeirError('dataset_busy', `another run is writing dataset ${dataset}; this one waits`, {
        retryable: true,
      });
    }
  }

  async releaseDatasetsOf(runId: string): Promise<void> {
    await this.rows(`UPDATE datasets SET claimed_by = NULL WHERE claimed_by = $1 RETURNING dataset`, [runId]);
  }

  async allotRevision(dataset: string, runId: string, floor: number): Promise<number> {
    const [row] = await this.rows<{ revision: string }>(
      `WITH next AS (
         INSERT INTO datasets (dataset, last_revision)
         SELECT $1, $3::bigint + 1 WHERE EXISTS (SELECT 1 FROM runs WHERE run_id = $2 AND revision IS NULL)
         ON CONFLICT (dataset) DO UPDATE SET last_revision = greatest(datasets.last_revision, $3::bigint) + 1
         RETURNING last_revision)
       UPDATE runs SET revision = coalesce(revision, (SELECT last_revision FROM next)) WHERE run_id = $2 RETURNING revision`,
      [dataset, runId, floor],
    );
    return Number(required(row, runId).revision);
  }

  async beginTask(runId: string, name: string): Promise<{ task_id: string; attempt: number }> {
    const [row] = await this.rows<TaskRow>(
      `INSERT INTO tasks (run_id, name, status, attempts)
       SELECT run_id, $2, 'running', 1 FROM runs WHERE run_id = $1
       ON CONFLICT (run_id, name) DO UPDATE SET status = 'running', attempts = tasks.attempts + 1, finished_at = NULL, error = NULL
       RETURNING *`,
      [runId, name],
    );
    const { task_id, attempts } = required(row, runId);
    return { task_id, attempt: attempts };
  }

  async endTask(
    { task_id, attempt }: Parameters<RunRepository['endTask']>[0],
    { status, result, error }: Parameters<RunRepository['endTask']>[1],
  ): Promise<void> {
    await this.rows(
      `UPDATE tasks SET status = $3, result = $4, error = $5, finished_at = clock_timestamp()
       WHERE task_id = $1 AND attempts = $2 RETURNING task_id`,
      [task_id, attempt, status, JSON.stringify(result ?? null), error && JSON.stringify(error)],
    );
  }

  async tasks(runId: string): Promise<Task[]> {
    if (!isUuid(runId)) return [];
    const rows = await this.rows<TaskRow>(`SELECT * FROM tasks WHERE run_id = $1 ORDER BY number`, [runId]);
    return rows.map(taskOf);
  }

  async findTask(taskId: string): Promise<Task | null> {
    if (!isUuid(taskId)) return null;
    const [row] = await this.rows<TaskRow>(`SELECT * FROM tasks WHERE task_id = $1`, [taskId]);
    return row ? taskOf(row) : null;
  }

  async saveProgress(runId: string, name: string, cursor: unknown): Promise<void> {
    await this.rows(`UPDATE tasks SET cursor = $3 WHERE run_id = $1 AND name = $2 RETURNING task_id`, [
      runId,
      name,
      JSON.stringify(cursor),
    ]);
  }

  async progress(runId: string, name: string): Promise<unknown> {
    const [row] = await this.rows<TaskRow>(`SELECT * FROM tasks WHERE run_id = $1 AND name = $2`, [runId, name]);
    return row?.cursor ?? null;
  }

  /** TypeORM answers UPDATE … RETURNING with [rows, count] and everything else with the rows. */
  private async rows<T>(sql: string, parameters: readonly unknown[] = []): Promise<T[]> {
    const answer = await withPostgres(this.source, () => this.source.query<unknown>(sql, [...parameters]));
    const isUpdate =
      Array.isArray(answer) && answer.length === 2 && Array.isArray(answer[0]) && typeof answer[1] === 'number';
    return (isUpdate ? (answer as [T[], number])[0] : answer) as T[];
  }
}

/** PostgreSQL refuses a query with another text; asked for as text, an id would be searched for in every row. */
function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

function required<T>(row: T | undefined, runId: string): T {
  if (row === undefined) throw new WeirError('run_unknown', `there is no run ${runId}`);
  return row;
}
