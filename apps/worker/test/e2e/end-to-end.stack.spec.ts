import { copyFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createWeirClient, type IncidenceRow, type WeirClient } from '@weir/client';
import {
  changedPage,
  covid,
  eventually,
  expectNothingLostOrDoubled,
  type FoundRow,
  METRICS,
  readSample,
  sampleFigures,
  screenshot,
  startChromium,
  untilShown,
} from '@weir/testing';
import type { Browser } from 'playwright-core';
import { onPage } from '../page-under-test.js';
import { ended, untilStep } from '../runs-under-test.js';
import {
  api,
  clickhouse,
  compose,
  containers,
  data,
  docker,
  health,
  operator,
  up,
  weir,
  type Run,
} from '../stack-under-test.js';
import { temporal } from '../temporal-under-test.js';

/** What a person meets who types `docker compose up` and nothing else. The tests are chapters of one story, in this order. */
const PATIENCE = 600_000;
const PAGE = '2024-01-01';
const temporalUi = process.env['WEIR_TEST_TEMPORAL_UI'] ?? '';

let reader: WeirClient;
let browser: Browser;

beforeAll(async () => {
  await copyFile(fileURLToPath(new URL('sample/page.html', covid)), join(data, 'page.html'));
  await up();
  browser = await startChromium();
}, PATIENCE);

afterAll(async () => {
  await browser.close();
  await schedule('--unpause');
}, PATIENCE);

/** A scheduled look at the page that comes in between would take what a test has prepared for itself. */
function schedule(change: '--pause' | '--unpause'): Promise<string> {
  return temporal('schedule', 'toggle', '--schedule-id', 'weir/covid', change, '--reason', 'end-to-end test');
}

async function register(): Promise<WeirClient> {
  const body = { email: `reader-${Date.now()}@example.org`, password: 'correct horse battery' };
  const { api_key } = await createWeirClient({ baseUrl: api }).post('/users', { body });
  return createWeirClient({ baseUrl: api, key: api_key });
}

async function allRows(): Promise<IncidenceRow[]> {
  const rows: IncidenceRow[] = [];
  for await (const row of reader.incidence({ order: 'region' })) rows.push(row);
  return rows;
}

/** As sampleFigures() gives them. */
function found({ region, date, ...row }: IncidenceRow): FoundRow {
  const figures = Object.fromEntries(METRICS.map((metric) => [metric, row[metric]?.toFixed(9) ?? null]));
  return { dataset: 'covid', region, date, figures };
}

/** `weir run covid`, to its end. */
async function look(): Promise<Run> {
  const { run_id } = await weir<Run>(['run', 'covid']);
  return ended(run_id, 120);
}

async function runs() {
  return (await (await operator()).get('/runs', { query: { pipeline: 'covid' } })).data;
}

it(
  'loads the history by itself within 180 s, and whoever registers reads the figures of the sample',
  async () => {
    reader = await register();
    const history = (date: string) => date < PAGE;
    const last = await eventually('the last day of the history', 180, async () => {
      const { data: days } = await reader.get('/covid/incidence', {
        query: { region: ['XA-01'], order: '-date', limit: 8 },
      });
      return days.find(({ date }) => history(date));
    });
    expect(last.date).toBe('2023-12-31');
    await expectNothingLostOrDoubled({
      produced: sampleFigures(await readSample()).filter(({ date }) => history(date)),
      readable: (await allRows()).map(found).filter(({ date }) => history(date)),
    });
  },
  PATIENCE,
);

it(
  'tells how the load went: a backfill that succeeded, with its rows, and everything well',
  async () => {
    await schedule('--pause');
    const [backfill, ...others] = (await runs()).filter(({ branch }) => branch === 'backfill');
    // Its rows can be read a moment before its record is closed.
    expect(await ended(backfill?.run_id ?? '', 60)).toMatchObject({
      status: 'succeeded',
      counts: { rejected: 0, published: 19_466 },
      warnings: [],
      error: null,
    });
    expect(others).toEqual([]);
    const dependencies = ['clickhouse', 'kafka', 'postgres', 'sink', 'temporal'];
    expect(Object.keys((await health()).dependencies).sort()).toEqual(dependencies);
    await eventually('everything is well', 60, async () => (await health()).status === 'ok', health);
    expect(await weir(['list'])).toMatchObject({ data: [{ name: 'covid', last_run: { error: null } }] });
  },
  PATIENCE,
);

it(
  'looks at the page: takes what is new in it, and nothing twice',
  async () => {
    // The schedule may have been there before.
    expect(['succeeded', 'nothing_new']).toContain((await look()).status);
    const readable = (await allRows()).map(found);
    await expectNothingLostOrDoubled({ produced: sampleFigures(await readSample()), readable });
    expect(await look()).toMatchObject({ branch: 'update', status: 'nothing_new', counts: { published: 0 } });
  },
  PATIENCE,
);

it(
  'takes a correction on the page as an update of just that week, within 60 s, and the figures before it stay known',
  async () => {
    const week = { region: ['XA-02'], from: PAGE, metrics: ['new_cases'] as const };
    const cases = async (as_of?: string) => {
      const query = { ...week, metrics: [...week.metrics], ...(as_of === undefined ? {} : { as_of }) };
      const { data: days } = await reader.get('/covid/incidence', { query });
      return days.reduce((sum, { new_cases }) => sum + (new_cases ?? NaN), 0);
    };
    const before = new Date().toISOString();
    expect(await cases()).toBeCloseTo(313, 9);
    await writeFile(join(data, 'page.html'), await changedPage('Headwater Hills', 7));
    const { run_id } = await weir<Run>(['run', 'covid']);
    expect(await ended(run_id, 60)).toMatchObject({ branch: 'update', status: 'succeeded', counts: { published: 7 } });
    expect(await cases()).toBeCloseTo(320, 9);
    expect(await cases(before)).toBeCloseTo(313, 9);
    expect(await look()).toMatchObject({ status: 'nothing_new' });
  },
  PATIENCE,
);

it(
  'ends a run that is cancelled within 60 s; what it had published nobody sees, and the next run brings it',
  async () => {
    await writeFile(join(data, 'page.html'), await changedPage('Headwater Hills', 14));
    const before = await allRows();
    const [connect] = await containers('connect');
    await docker('pause', connect?.id ?? '');
    let cancelled: Run;
    try {
      const { run_id } = await weir<Run>(['run', 'covid']);
      await untilStep('commit_run', run_id);
      await (await operator()).post('/runs/{run_id}/cancel', { path: { run_id } });
      cancelled = await ended(run_id, 60);
    } finally {
      await docker('unpause', connect?.id ?? '');
    }
    expect(cancelled).toMatchObject({ status: 'cancelled', branch: 'update' });
    // What was under way arrives, and stays unseen.
    await eventually('its rows are in the table', 120, async () => {
      const arrived = `SELECT count() FROM incidence_revisions FINAL WHERE run_id = '${cancelled.run_id}'`;
      return Number(await clickhouse(arrived)) === 7;
    });
    expect(await allRows()).toEqual(before);
    expect(await look()).toMatchObject({ status: 'succeeded', counts: { published: 7 } });
  },
  PATIENCE,
);

it(
  'shows each run on Temporal’s page, with its pipeline and branch',
  async () => {
    const backfill = (await runs()).find(({ branch }) => branch === 'backfill');
    const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
    const query = encodeURIComponent('WeirPipeline = "covid" AND WeirBranch = "backfill"');
    await page.goto(`${temporalUi}/namespaces/default/workflows?query=${query}`);
    // By its link: the name stands in a hidden label, too.
    const run = page.getByRole('link', { name: /^covid\/schedule-/ }).first();
    await run.waitFor({ timeout: 60_000 });
    expect((await stat(await screenshot(page, 'temporal-runs'))).size).toBeGreaterThan(10_000);
    await run.click();
    for (const step of ['extract', 'transform', 'load_data', 'commit_run']) await untilShown(page, step, 60);
    await screenshot(page, 'temporal-run');
    await page.getByText('Search Attributes').first().click();
    const attributes = await eventually('the search attributes', 60, async () => {
      const shown = await page.locator('main').innerText();
      return JSON.parse(shown.slice(shown.indexOf('{'))) as { indexedFields: object };
    });
    expect(attributes.indexedFields).toMatchObject({
      WeirPipeline: 'covid',
      WeirBranch: 'backfill',
      WeirStatus: 'succeeded',
      WeirRunId: backfill?.run_id,
      WeirPublished: 19_466,
    });
    await page.close();
  },
  PATIENCE,
);

it(
  'shows the figures, the run and the health of everything on its own page',
  async () => {
    await onPage('#/figures?region=XA-01', (page) =>
      page.getByRole('img', { name: /^New cases of Northmarch/ }).waitFor(),
    );
    await onPage('#/runs?branch=backfill', (page) =>
      page.getByRole('row').filter({ hasText: 'succeeded' }).filter({ hasText: '19,466' }).waitFor(),
    );
    await onPage('#/health', async (page) => {
      for (const name of ['clickhouse', 'kafka', 'postgres', 'sink', 'temporal'])
        await page.getByRole('row').filter({ hasText: name }).filter({ hasText: 'ok' }).first().waitFor();
      await page.getByRole('region', { name: 'Workers' }).getByText('idle').first().waitFor();
    });
  },
  PATIENCE,
);

it.each([
  ['Swagger UI', '/docs', '/covid/incidence'],
  ['ReDoc', '/redoc', '/covid/incidence'],
])(
  'describes itself: %s at %s shows its routes, without an error',
  async (_, path, shown) => {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await page.goto(`${api}${path}`);
    await untilShown(page, shown, 60);
    expect(errors).toEqual([]);
    await page.close();
  },
  PATIENCE,
);

it(
  '`down` and `up` lose nothing and load nothing twice: within 180 s the same rows of the same runs are readable',
  async () => {
    const before = { rows: await allRows(), runs: await runs() };
    await compose(['down', '--timeout', '30']);
    await up({ seconds: 180 });
    expect(await allRows()).toEqual(before.rows);
    expect(await runs()).toEqual(before.runs);
    expect(await look()).toMatchObject({ branch: 'update', status: 'nothing_new' });
    expect(await allRows()).toEqual(before.rows);
  },
  PATIENCE,
);
