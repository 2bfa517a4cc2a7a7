import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually, operationsOf } from '@weir/testing';
import { enterKey, pageUnderTest, type PageUnderTest } from './page-under-test.js';

/** Of the history, with a figure that is none. */
const BAD_ROW = '2019-12-31,Northmarch,n/a,0,0,1\n';

let weir: PageUnderTest;
let key: string;
const run = (branch: 'backfill' | 'update' | null) =>
  operationsOf(weir.settings).run({ pipeline: 'covid', branch, only: null }, () => undefined);

beforeAll(async () => {
  weir = await pageUnderTest();
  key = await weir.key('data', 'pipelines');
  // A figure that is none, and after that a page that is under construction.
  const [file = ''] = (await readdir(weir.history)).sort();
  await appendFile(join(weir.history, file), BAD_ROW);
  await run('backfill');
  await writeFile(weir.source, '<h1>Under construction</h1>');
  await run('update');
});
afterAll(() => weir.close());

async function open(path: string) {
  const page = await weir.open(path);
  await page.getByRole('button', { name: 'Use another key' }).click();
  await enterKey(page, key);
  return page;
}

it('shows the runs, with branch, counts, duration and what went wrong, and picks out those that failed', async () => {
  const page = await open('/#/runs');
  const backfill = page.getByRole('row').filter({ hasText: 'backfill' }).filter({ hasText: 'succeeded' });
  await backfill.filter({ hasText: '16,708' }).filter({ hasText: '19,466' }).waitFor();
  expect(await backfill.innerText()).toMatch(/\d+\.\d s/);
  await page.getByLabel('Status').selectOption('failed');
  await page.waitForURL(/status=failed/);
  await page.getByRole('row').filter({ hasText: 'succeeded' }).first().waitFor({ state: 'detached' });
  const failed = page.getByRole('row').filter({ hasText: 'failed' });
  await failed.first().waitFor();
  expect(await failed.first().innerText()).toMatch(/update/);
  await page.context().close();
});

it('shows a run with its steps, its artefacts, and the way to the figures as it left them', async () => {
  const page = await open('/#/runs?branch=backfill');
  await page.getByRole('row').filter({ hasText: 'succeeded' }).getByRole('link').click();
  await page.getByRole('heading', { name: /covid, backfill/ }).waitFor();
  for (const step of ['check history', 'extract', 'transform', 'compare with stored', 'load data', 'commit run']) {
    await page.getByRole('row').filter({ hasText: step }).filter({ hasText: 'succeeded' }).waitFor();
  }
  const artefacts = page.getByRole('region', { name: 'Artefacts' });
  for (const kind of ['raw', 'manifest', 'rows', 'changes'])
    await artefacts.getByText(kind, { exact: true }).first().waitFor();
  await page.getByText('No row was refused.').waitFor();
  await page.getByRole('link', { name: 'The figures as this run left them' }).click();
  await page.getByText(/^As it was known at/).waitFor();
  await page.context().close();
});

it('shows why a run failed, and the rows that it refused', async () => {
  const page = await open('/#/runs?status=failed');
  await page.getByRole('row').filter({ hasText: 'failed' }).first().getByRole('link').click();
  await page.getByRole('heading', { name: /covid, update/ }).waitFor();
  await page.getByRole('alert').filter({ hasText: 'period_not_found' }).waitFor();
  await page.goto(`${weir.address}/#/runs?branch=backfill&status=failed`);
  await page.getByRole('row').filter({ hasText: 'backfill' }).getByRole('link').click();
  await page.getByRole('alert').filter({ hasText: 'too_many_rejects' }).waitFor();
  const rejects = page.getByRole('region', { name: 'Rejects' });
  await rejects.getByText('n/a').first().waitFor();
  await page.context().close();
});

it('shows each pipeline with its sources, its schedule, its next run and its last', async () => {
  const page = await open('/#/pipelines');
  const card = page.getByRole('article').filter({ hasText: 'covid' });
  await card.getByText('0 0 29 2 *').waitFor();
  await card.getByText(/^in \d+ days$/).waitFor();
  await card.getByText(/02-29 00:00:00 UTC/).waitFor();
  await card.getByText('failed').waitFor();
  await card.getByText(/^html: /).waitFor();
  await card.getByRole('link', { name: 'Its runs' }).click();
  await page.waitForURL(/runs\?pipeline=covid/);
  await page.context().close();
});

it('tells of a mistake in a pipeline file where it is', async () => {
  const file = join(weir.folder, 'pipelines/covid/pipeline.yaml');
  const yaml = await readFile(file, 'utf8');
  await writeFile(file, yaml.replace('type: forward_fill', 'type: forward_fil'));
  try {
    const page = await open('/#/pipelines');
    await page.getByText(/pipeline\.yaml:\d+:11/).waitFor();
    await page.context().close();
  } finally {
    await writeFile(file, yaml);
  }
});

it('shows that no dead letter waits, and the health of everything, with who works', async () => {
  const page = await open('/#/dead-letters');
  await page.getByText('No dead letter waits.').waitFor();
  await page.getByRole('link', { name: 'Health' }).click();
  for (const name of ['clickhouse', 'postgres']) {
    await page
      .getByRole('row')
      .filter({ hasText: name })
      .filter({ hasText: 'ok' })
      .filter({ hasText: / ms/ })
      .waitFor();
  }
  await page.getByText('Ready: the figures can be read.').waitFor();
  await page.getByRole('region', { name: 'Workers' }).getByText('idle').waitFor();
  await page.context().close();
});

it('asks nothing in a tab that nobody sees, and goes on where somebody looks', async () => {
  const page = await open('/#/pipelines');
  await page.getByRole('article').filter({ hasText: 'covid' }).waitFor();
  const asked: string[] = [];
  page.on('request', (request) => request.resourceType() === 'fetch' && asked.push(new URL(request.url()).pathname));
  // Chromium without a window has no tab in the background: this is all that the page sees of one.
  const look = (hidden: boolean) =>
    page.evaluate(`
      Object.defineProperty(document, 'hidden', { value: ${hidden}, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));`);
  await look(true);
  await page.evaluate(`location.hash = '#/runs'`);
  await page.getByRole('heading', { name: 'Runs' }).waitFor();
  expect(asked).toEqual([]);
  await look(false);
  await page.getByRole('row').filter({ hasText: 'backfill' }).first().waitFor();
  expect(asked.sort()).toEqual(['/pipelines', '/runs']);
  await page.context().close();
});

it('says that the server is away, and is there again when it is', async () => {
  const page = await open('/#/runs');
  await page.getByRole('heading', { name: 'Runs' }).waitFor();
  await page.context().setOffline(true);
  await page.getByRole('link', { name: 'Health' }).click();
  const alerts = page.getByRole('alert').filter({ hasText: 'cannot be reached' });
  await alerts.first().waitFor();
  await page.context().setOffline(false);
  await page.getByRole('row').filter({ hasText: 'clickhouse' }).waitFor();
  await eventually('no alert', 30, async () => (await alerts.count()) === 0);
  await page.context().close();
});

it('asks again who somebody is where that could not be told', async () => {
  const page = await open('/#/runs');
  await page.getByRole('heading', { name: 'Runs' }).waitFor();
  await page.route('**/users/me', (route) => route.abort());
  await page.reload();
  await page.getByRole('alert').filter({ hasText: 'cannot be reached' }).waitFor();
  await page.unroute('**/users/me');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'Runs' }).waitFor();
  await page.context().close();
});

it('leads the keyboard to where a link leads', async () => {
  const page = await open('/#/runs?branch=backfill');
  await page.getByRole('row').filter({ hasText: 'succeeded' }).getByRole('link').press('Enter');
  await page.getByRole('heading', { name: /covid, backfill/ }).waitFor();
  await page.locator('main:focus').waitFor();
  expect(await page.title()).toMatch(/^Run \S+ · Weir$/);
  await page.context().close();
});

it('shows health to whoever has no key', async () => {
  const page = await weir.open('/#/health');
  await page.getByRole('row').filter({ hasText: 'clickhouse' }).waitFor();
  await page.context().close();
});
