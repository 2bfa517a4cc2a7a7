import type { DataSource } from 'typeorm';
import { withPostgres } from '../connection.js';

/**
 * How many different letters were replayed of those that are still kept.
 * @param oldest by partition of the topic of dead letters, the offset of the oldest letter that is kept.
 * @throws WeirError `dependency_unavailable`.
 */
export async function countReplayed(source: DataSource, oldest: ReadonlyMap<number, bigint>): Promise<number> {
  const rows = await withPostgres(source, () =>
    source.query<{ replayed: string }[]>(
      `SELECT count(*) AS replayed FROM replayed_dead_letters
       JOIN unnest($1::int[], $2::bigint[]) AS kept (partition, oldest)
         ON split_part(letter_id, '-', 1)::int = kept.partition AND split_part(letter_id, '-', 2)::bigint >= kept.oldest`,
      [[...oldest.keys()], [...oldest.values()].map(String)],
    ),
  );
  return Number(rows[0]?.replayed ?? 0);
}
