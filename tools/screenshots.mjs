/**
 * Takes the pictures of the docs anew: `node tools/screenshots.mjs`. Real: the embedded system with the sample, and Chromium
 * (`/usr/bin/chromium`, or `WEIR_TEST_CHROMIUM`).
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { operationsClient, socketPath } from '@weir/operations';
import { withHome, withWeir } from '../bench/system/weir.mjs';
import { startChromium } from '../libs/testing/dist/chromium.js';

const folder = join(import.meta.dirname, '../docs/images');
const CHART = '.canvas svg path';

const shots = [
  { name: 'figures', hash: '#/figures?region=XA-01&from=2023-03-01&to=2023-07-31', shown: CHART },
  {
    name: 'comparison',
    hash: '#/figures?region=XA-01&region=XA-02&region=XA-03&from=2022-11-01&to=2023-10-31',
    shown: CHART,
  },
  { name: 'runs', hash: '#/runs', shown: 'tbody tr' },
  { name: 'run', shown: 'tbody tr' },
  { name: 'pipelines', hash: '#/pipelines', shown: 'article' },
  { name: 'health', hash: '#/health', shown: 'tbody tr' },
  {
    name: 'narrow-dark',
    hash: '#/figures?region=XA-01&from=2023-05-01&to=2023-06-30',
    shown: CHART,
    options: { colorScheme: 'dark', viewport: { width: 390, height: 1080 } },
  },
];

async function take(browser, address, key, { name, hash, shown, options = {} }) {
  const context = await browser.newContext({
    viewport: { width: 1120, height: 760 },
    colorScheme: 'light',
    ...options,
  });
  const page = await context.newPage();
  await page.addInitScript(`localStorage.setItem('weir-key', ${JSON.stringify(key)})`);
  await page.goto(`${address}/${hash}`);
  await page.locator(shown).first().waitFor({ state: 'attached' });
  await page.getByText('Asking …').first().waitFor({ state: 'detached' });
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
  console.log(`docs/images/${name}.png`);
}

mkdirSync(folder, { recursive: true });
await withHome((home) =>
  withWeir(home, {}, async ({ address }) => {
    const operations = operationsClient(socketPath(home));
    const { api_key: key } = await operations.keysCreate({ email: 'ada@example.org', scopes: ['data', 'pipelines'] });
    let backfill;
    do {
      await pause(500);
      backfill = (await operations.runs({ limit: 10 })).find(({ branch }) => branch === 'backfill');
    } while (backfill?.status !== 'succeeded');
    const browser = await startChromium();
    try {
      for (const shot of shots) await take(browser, address, key, { hash: `#/runs/${backfill.run_id}`, ...shot });
    } finally {
      await browser.close();
    }
  }),
);
process.exit();
