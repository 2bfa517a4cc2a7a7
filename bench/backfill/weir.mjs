/**
 * The embedded Weir backfills a history: `npm start` with an empty home, and `weir run covid`.
 * `node bench/backfill/weir.mjs <folder of history.mjs>` prints JSON: seconds of the run and of each step, peak memory of the
 * system since its start, and a digest of what readers see.
 */
import { join } from 'node:path';
import { operationsClient, socketPath } from '@weir/operations';
import { openClickHouse } from '../system/clickhouse.mjs';
import { peakMemory, withHome, withWeir } from '../system/weir.mjs';
import { digest } from './digest.mjs';

const [folder] = process.argv.slice(2);
const seconds = ({ started_at, finished_at }) => (Date.parse(finished_at) - Date.parse(started_at)) / 1000;

const figures = await withHome(async (home) => {
  const settings = { PIPELINES: join(folder, 'pipelines'), COVID_HISTORY: join(folder, 'history.csv') };
  const measured = await withWeir(home, settings, async ({ pid }) => {
    const operations = operationsClient(socketPath(home));
    const run = await operations.run({ pipeline: 'covid', branch: 'backfill', only: null }, () => undefined);
    if (run.status !== 'succeeded') throw new Error(`the backfill did not succeed: ${JSON.stringify(run.error)}`);
    const { tasks } = await operations.status({ id: run.run_id });
    const steps = Object.fromEntries(tasks.map((task) => [task.name, seconds(task)]));
    return { seconds: seconds(run), steps, rows: run.counts.extracted, peak_bytes: peakMemory(pid) };
  });
  const client = await openClickHouse(home);
  const seen = await digest(client);
  await client.close();
  return { ...measured, digest: seen };
});
console.log(JSON.stringify(figures));
// The engine keeps threads of its own.
process.exit();
