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
import {
  everything,
  incidenceContract,
  incidenceExportsContract,
  incidenceFigure,
  revisionStoreContract,
} from '@weir/testing';
import { fileURLToPath } from 'node:url';
import { startClickHouse } from '../src/engines/clickhouse.js';
import { commitFigures } from './commit-figures.js';

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

  const committing = () => commitFigures(client, workspace);

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
    incidenceContract(() => ({ repository: new ClickHouseIncidenceRepository(client), commit: committing() }));
  });

  // So little a query that the figures of the contract, too, are exported in many.
  describe('the repository of readers that exports seven rows a query', () => {
    const rowsAtOnce = 7;

    incidenceExportsContract(() => ({
      repository: new ClickHouseIncidenceRepository(client, rowsAtOnce),
      commit: committing(),
    }));

    it('asks for no more than what is taken', async () => {
      const dataset = 'taken';
      const days = [...Array(28).keys()].map((day) => `2023-02-${String(day + 1).padStart(2, '0')}`);
      await committing()(
        dataset,
        days.map((date) => incidenceFigure({ date })),
      );
      let asked = 0;
      const counting = new Proxy(client, {
        get(target, name) {
          if (name === 'exec') asked += 1;
          const value: unknown = Reflect.get(target, name, target);
          return typeof value === 'function' ? (value.bind(target) as unknown) : value;
        },
      });
      const { limit: _limit, ...query } = everything(dataset);
      const exported = new ClickHouseIncidenceRepository(counting, rowsAtOnce).export(query, 'ndjson');
      const rows = exported[Symbol.asyncIterator]();
      expect(asked).toBe(0);
      await rows.next();
      expect(asked).toBe(1);
      await rows.next();
      expect(asked).toBe(2);
      await rows.return?.();
      expect(await rows.next()).toMatchObject({ done: true });
      expect(asked).toBe(2);
    });
  });

  it('refuses a file that is not there as a failure of the query, not of the connection', async () => {
    const chunk = { file: join(home, 'nothing.parquet'), from: 0, to: 1, dataset: 'none', run_id: 'r', revision: 1 };
    await expect(parquetLoader(client)(chunk)).rejects.toMatchObject({ code: 'query_failed', retryable: false });
  });
});
