import type { PipelineRuns, RunOverview } from '@weir/operations';
import type { DataSource } from 'typeorm';
import { withPostgres } from '../connection.js';

interface OverviewRow {
  readonly pipeline: string;
  /** A bigint, which pg gives as text. */
  readonly open: string;
  readonly open_since: Date | null;
  readonly first_at: Date;
  readonly last_success_at: Date | null;
}

/**
 * How the runs are, by what the table says of them: true whichever process executes a run, and whichever has died. Asked
 * every few seconds of a table that grows by 100,000 rows a year, so that it steps through its indexes: pipeline by
 * pipeline, and in each from the newest run back to the last successes. Of those it takes the latest of some, because runs
 * do not end in the order in which they were asked for.
 */
export class PostgresRunOverview implements RunOverview {
  constructor(private readonly source: DataSource) {}

  async byPipeline(): Promise<readonly PipelineRuns[]> {
    const rows = await withPostgres(this.source, () =>
      this.source.query<OverviewRow[]>(
        `WITH RECURSIVE pipelines AS (
           SELECT min(pipeline) AS pipeline FROM runs
           UNION ALL
           SELECT (SELECT min(r.pipeline) FROM runs r WHERE r.pipeline > p.pipeline) FROM pipelines p
           WHERE p.pipeline IS NOT NULL)
         SELECT p.pipeline, coalesce(o.open, 0) AS open, o.open_since, f.created_at AS first_at, s.last_success_at
         FROM pipelines p
         LEFT JOIN (
           SELECT pipeline, count(*) AS open, min(created_at) AS open_since FROM runs
           WHERE status IN ('queued', 'running') GROUP BY pipeline) o ON o.pipeline = p.pipeline
         CROSS JOIN LATERAL (
           SELECT r.created_at FROM runs r WHERE r.pipeline = p.pipeline ORDER BY r.number LIMIT 1) f
         CROSS JOIN LATERAL (
           SELECT max(finished_at) AS last_success_at FROM (
             SELECT r.finished_at FROM runs r
             WHERE r.pipeline = p.pipeline AND r.status IN ('succeeded', 'nothing_new')
               AND NOT r.warnings @> '[{"code": "dead_letters_replayed"}]'
             ORDER BY r.number DESC LIMIT 20) latest) s
         WHERE p.pipeline IS NOT NULL ORDER BY p.pipeline`,
      ),
    );
    return rows.map(({ pipeline, open, open_since, first_at, last_success_at }) => ({
      pipeline,
      open: Number(open),
      open_since: open_since?.toISOString() ?? null,
      first_at: first_at.toISOString(),
      last_success_at: last_success_at?.toISOString() ?? null,
    }));
  }
}
