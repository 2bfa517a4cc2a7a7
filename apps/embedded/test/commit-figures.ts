import { ClickHouseRevisionStore, parquetLoader, type ClickHouseClient } from '@weir/adapter-clickhouse';
import type { Workspace } from '@weir/pipeline';
import { publishedRow, writeChunk, type IncidenceUnderTest } from '@weir/testing';

/** Takes figures into ClickHouse the way a run does: a Parquet file, loaded, and a commit that shows them. */
export function commitFigures(client: ClickHouseClient, workspace: Workspace): IncidenceUnderTest['commit'] {
  const store = new ClickHouseRevisionStore(client);
  const load = parquetLoader(client);
  return async (dataset, rows, withdrawn = [], at) => {
    const [first] = [...rows, ...withdrawn];
    if (!first) throw new Error('a commit holds at least one row');
    const revisions = new Set([...rows, ...withdrawn].map((row) => row.revision));
    for (const revision of [...revisions].sort((a, b) => a - b)) {
      const published = [
        ...rows.filter((row) => row.revision === revision).map((row) => publishedRow({ ...row })),
        ...withdrawn.filter((row) => row.revision === revision).map((row) => publishedRow({ ...row, withdrawn: true })),
      ];
      await load(await writeChunk(workspace, published, { dataset, run_id: first.run_id, revision }));
      const commit = {
        dataset,
        revision,
        // The figures of the contract share a run id; commits are one a run.
        run_id: `${first.run_id} ${revision}`,
        pipeline: 'covid',
        branch: 'backfill' as const,
        plan_hash: '',
        sources_hash: '',
        rows: published.length,
      };
      if (at === undefined) await store.commit(commit);
      else {
        const values = [{ ...commit, committed_at: at.toISOString().replace('T', ' ').replace('Z', '') }];
        await client.insert({ table: 'incidence_commits', values, format: 'JSONEachRow' });
      }
    }
  };
}
