import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ClickHouseIncidenceRepository,
  ClickHouseMigrationStore,
  ClickHouseRevisionStore,
  parquetLoader,
  type ClickHouseClient,
} from '@weir/adapter-clickhouse';
import { openDuckDbWorkspace } from '@weir/adapter-duckdb';
import { readMigrations } from '@weir/migrations';
import type { Workspace } from '@weir/pipeline';
import { incidenceContract, publishedRow, revisionStoreContract, writeChunk } from '@weir/testing';
import { fileURLToPath } from 'node:url';
import { startClickHouse } from '../src/engines/clickhouse.js';

/** Real: ClickHouse in this process (chDB) with its migrations, and Parquet files that DuckDB wrote. */
const migrations = fileURLToPath(new URL('../../../clickhouse/migrations', import.meta.url));

describe('figures in ClickHouse (chDB)', () => {
  let home: string;
  let client: ClickHouseClient;
  let workspace: Workspace;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'weir-clickhouse-'));
    client = await startClickHouse(join(home, 'clickhouse'));
    const store = new ClickHouseMigrationStore(client);
    for (const migration of await readMigrations(migrations)) await store.apply(migration);
    workspace = await openDuckDbWorkspace({ scratch: home, memoryLimit: '400MB', threads: 1 });
  });

  afterAll(async () => {
    await workspace.close();
    await client.close();
    await rm(home, { recursive: true, force: true });
  });

  describe('the revision store', () => {
    revisionStoreContract(() => ({
      store: new ClickHouseRevisionStore(client),
      load: parquetLoader(client),
      workspace,
    }));
  });

  describe('the repository of readers', () => {
    incidenceContract(() => {
      const store = new ClickHouseRevisionStore(client);
      const load = parquetLoader(client);
      return {
        repository: new ClickHouseIncidenceRepository(client),
        async commit(dataset, rows, withdrawn = []) {
          const [first] = [...rows, ...withdrawn];
          if (!first) throw new Error('a commit holds at least one row');
          const { revision, run_id } = first;
          const published = [
            ...rows.map((row) => publishedRow({ ...row })),
            ...withdrawn.map((row) => publishedRow({ ...row, withdrawn: true })),
          ];
          await load(await writeChunk(workspace, published, { dataset, run_id, revision }));
          await store.commit({
            dataset,
            revision,
            // The figures of the contract share a run id; commits are one a run.
            run_id: `${run_id} ${revision}`,
            pipeline: 'covid',
            branch: 'backfill',
            plan_hash: '',
            sources_hash: '',
            rows: published.length,
          });
        },
      };
    });
  });

  it('refuses a file that is not there as a failure of the query, not of the connection', async () => {
    const chunk = { file: join(home, 'nothing.parquet'), from: 0, to: 1, dataset: 'none', run_id: 'r', revision: 1 };
    await expect(parquetLoader(client)(chunk)).rejects.toMatchObject({ code: 'query_failed', retryable: false });
  });
});
