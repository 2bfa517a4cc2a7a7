/**
 * Keeps the history of a workflow for the replay tests: `node apps/worker/replay/record.mjs <workflow id> <name>`, with
 * TEMPORAL_ADDRESS. Record one anew only for a story that is not told yet: the others are there because such runs may be
 * open somewhere when the code changes.
 */
import { writeFileSync } from 'node:fs';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';

const [id, name] = process.argv.slice(2);
if (!id || !name) {
  console.error('usage: node apps/worker/replay/record.mjs <workflow id> <name>');
  process.exit(2);
}
const connection = await Connection.connect({ address: process.env.TEMPORAL_ADDRESS ?? 'localhost:7233' });
const history = await new Client({ connection }).workflow.getHandle(id).fetchHistory();
await connection.close();
// Who executed it, and from where, is nobody's business, and no replay's.
const text = JSON.stringify(
  JSON.parse(historyToJSON(history)),
  (key, value) => {
    if (key === 'identity') return 'worker';
    if (key === 'stackTrace') return '';
    return key === 'name' && /-[0-9a-f]{32}$/.test(value) ? 'worker-sticky' : value;
  },
  1,
);
writeFileSync(new URL(`histories/${name}.json`, import.meta.url), `${text}\n`);
console.log(`${name}: ${history.events?.length ?? 0} events`);
