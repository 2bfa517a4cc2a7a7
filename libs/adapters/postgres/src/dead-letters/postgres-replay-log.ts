import type { ReplayLog } from '@weir/operations';
import type { DataSource } from 'typeorm';
import { withPostgres } from '../connection.js';

/** Which dead letters were replayed, in PostgreSQL: a topic cannot be told to forget them. */
export class PostgresReplayLog implements ReplayLog {
  constructor(private readonly source: DataSource) {}

  async record(letterIds: readonly string[]): Promise<void> {
    await withPostgres(this.source, () =>
      this.source.query(
        `INSERT INTO replayed_dead_letters (letter_id) SELECT DISTINCT unnest($1::text[])
         ON CONFLICT (letter_id) DO UPDATE SET replayed_at = excluded.replayed_at`,
        [letterIds],
      ),
    );
  }

  async replayed(letterIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await withPostgres(this.source, () =>
      this.source.query<{ letter_id: string; replayed_at: Date }[]>(
        `SELECT letter_id, replayed_at FROM replayed_dead_letters WHERE letter_id = ANY ($1::text[])`,
        [letterIds],
      ),
    );
    return new Map(rows.map(({ letter_id, replayed_at }) => [letter_id, replayed_at.toISOString()]));
  }
}
