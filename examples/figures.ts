/**
 * From registration to a file of figures with the client of this repository.
 *
 * Usage, on Node 22.18 or newer, which runs TypeScript: node examples/figures.ts [address] [e-mail]
 */
import { createWriteStream } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createWeirClient, WeirProblem } from '@weir/client';

// region register
const [baseUrl = 'http://localhost:8000', email = 'ada@example.org'] = process.argv.slice(2);
const { api_key: key } = await createWeirClient({ baseUrl }).post('/users', {
  body: { email, password: 'at least 8 characters' },
});
const weir = createWeirClient({ baseUrl, key }); // the key is shown this once
// endregion

// region figures
const may = await weir.get('/covid/incidence', {
  query: { region: ['XA-01'], from: '2023-05-01', to: '2023-05-31', metrics: ['new_cases', 'new_deaths'] },
});
for (const { date, new_cases, basis } of may.data) console.log(date, new_cases, basis);
// endregion

// region pages
let rows = 0;
for await (const _row of weir.incidence({ region: ['XA-01'], pageSize: 500 })) rows++;
console.log(`pages: ${rows} rows`);
// endregion

// region csv
const file = join(await mkdtemp(join(tmpdir(), 'weir-figures-')), 'figures.csv');
const csv = await weir.incidenceCsv({ region: ['XA-01'], order: 'region' });
await pipeline(Readable.fromWeb(csv), createWriteStream(file));
// endregion
console.log(`csv: ${file}`);

// region as_of
const past = await weir.get('/covid/incidence', { query: { region: ['XA-01'], as_of: '2020-01-31' } });
console.log(`as of 2020-01-31: ${past.data.length} rows`);
// endregion

// region conditional
const first = await weir.getIfChanged('/covid/summary', null);
const again = await weir.getIfChanged('/covid/summary', first?.tag ?? null);
console.log(`summary, asked again: ${again === null ? 'unchanged' : 'changed'}`);
// endregion

// region problem
try {
  await weir.get('/covid/incidence', { query: { from: '2023-02-30' } });
} catch (error) {
  if (!(error instanceof WeirProblem)) throw error;
  console.log(`refused: ${error.code}: ${error.errors[0]?.field} ${error.errors[0]?.message}`);
}
// endregion
