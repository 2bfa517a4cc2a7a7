/**
 * The rows that readers see: of each row the highest committed revision up to a snapshot, unless that one withdraws it.
 * The same as the view `incidence`, with the reader's conditions inside, where the order key serves them. These may be about
 * dataset, region and date only: a condition on anything else would bring an earlier revision of the row to light, and
 * belongs to `seen`, which is about the rows that were chosen.
 */
export function visibleRows(
  columns: string,
  conditions: readonly string[],
  snapshot: string | null,
  seen: readonly string[] = [],
): string {
  const upTo = snapshot === null ? '' : ` AND revision <= ${snapshot}`;
  return `SELECT ${columns}
    FROM (
      SELECT * FROM incidence_revisions
      WHERE ${['dataset = {dataset:String}', ...conditions].join(' AND ')}
        AND revision IN (SELECT revision FROM incidence_commits WHERE dataset = {dataset:String}${upTo})
      ORDER BY dataset, region, date, revision DESC
      LIMIT 1 BY dataset, region, date
    )
    WHERE ${['NOT withdrawn', ...seen].join(' AND ')}`;
}
