import type { KeptLetters, ReplayCount } from '@weir/operations';
import type { DataSource } from 'typeorm';
import { withPostgres } from '../connection.js';

/** Counts in what `PostgresReplayLog` writes, without the ids of all letters that are kept. */
export class PostgresReplayCount implements ReplayCount {
  constructor(private readonly source: DataSource) {}

  async replayedOf(kept: readonly KeptLetters[]): Promise<number> {
    const rows = await withPostgres(this.source, () =>
      this.source.query<{ replayed: string }[]>(
        `SELECT count(*) AS replayed FROM replayed_dead_letters
         JOIN unnest($1::int[], $2::bigint[], $3::bigint[], $4::timestamptz[]) AS kept (partition, oldest, behind, since)
           ON split_part(letter_id, '-', 1)::int = kept.partition AND split_part(letter_id, '-', 2)::bigint >= kept.oldest
             AND split_part(letter_id, '-', 2)::bigint < kept.behind AND replayed_at >= kept.since`,
        [
          kept.map(({ partition }) => partition),
          kept.map(({ from }) => String(from)),
          kept.map(({ to }) => String(to)),
          kept.map(({ since }) => since),
        ],
      ),
    );
    return Number(rows[0]?.replayed ?? 0);
  }
}
