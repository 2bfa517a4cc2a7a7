/**
 * The same job as one INSERT … SELECT … FROM file() of ClickHouse's own, embedded, with its own settings:
 * `node bench/backfill/clickhouse.mjs <folder of history.mjs>` prints JSON: seconds, peak memory, and a digest of what
 * readers see.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { commit, migrate, openClickHouse } from '../system/clickhouse.mjs';
import { withHome } from '../system/weir.mjs';
import { digest } from './digest.mjs';
import { CUT } from './history.mjs';

const [folder] = process.argv.slice(2);
const figures = await withHome(async (home) => {
  const client = await openClickHouse(home);
  await migrate(client);
  const query = await readFile(join(import.meta.dirname, 'job.sql'), 'utf8');
  const history = join(folder, 'history.csv');
  const regions = join(folder, 'pipelines/covid/regions.csv');
  const began = performance.now();
  await client.command({ query, query_params: { history, regions, cut: CUT } });
  await commit(client, 0);
  const seconds = (performance.now() - began) / 1000;
  const peak_bytes = process.resourceUsage().maxRSS * 1024;
  const seen = await digest(client);
  await client.close();
  return { seconds, peak_bytes, digest: seen };
});
console.log(JSON.stringify(figures));
// The engine keeps threads of its own.
process.exit();
