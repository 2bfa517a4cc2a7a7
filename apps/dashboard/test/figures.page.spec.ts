import { readFile, writeFile } from 'node:fs/promises';
import { createWeirClient, type IncidenceRow } from '@weir/client';
import { changedPage, operationsOf } from '@weir/testing';
import type { Page } from 'playwright-core';
import { enterKey, pageUnderTest, type PageUnderTest } from './page-under-test.js';

let weir: PageUnderTest;
let key: string;
/** Before the page of the source was corrected. */
let before: string;
beforeAll(async () => {
  weir = await pageUnderTest();
  key = await weir.key('data');
  before = new Date().toISOString();
  await writeFile(weir.source, await changedPage('Headwater Hills', 7));
  const run = await operationsOf(weir.settings).run({ pipeline: 'covid', branch: null, only: null }, () => undefined);
  expect(run).toMatchObject({ status: 'succeeded', counts: { published: 7 } });
});
afterAll(() => weir.close());

const NORTHMARCH = 'Northmarch (synthetic)';
const HILLS = 'Headwater Hills (synthetic)';

async function open(query = '', options = {}): Promise<Page> {
  const page = await weir.open(`/#/figures${query === '' ? '' : `?${query}`}`, options);
  await enterKey(page, key);
  return page;
}

/** The table of a page that shows figures: all its pages, the earliest row first. */
async function table(page: Page): Promise<string[][]> {
  const summary = page.getByText('The figures as a table');
  if (!(await page.getByRole('table').isVisible())) await summary.click();
  const rows: string[][] = [];
  for (;;) {
    for (const row of await page.locator('tbody tr').all()) rows.push(await row.locator('th, td').allInnerTexts());
    const earlier = page.getByRole('button', { name: 'Earlier', disabled: false });
    if ((await earlier.count()) === 0) return rows.reverse();
    await earlier.click();
  }
}

async function rowsOf(query: object): Promise<IncidenceRow[]> {
  const rows: IncidenceRow[] = [];
  for await (const row of createWeirClient({ baseUrl: weir.address, key }).incidence(query)) rows.push(row);
  return rows;
}

/** As the style sheet names it. */
const colourOf = (page: Page, name: string) =>
  page.evaluate<string>(`getComputedStyle(document.documentElement).getPropertyValue('--${name}').trim()`);

const written = (value: number | null) =>
  value === null ? '–' : new Intl.NumberFormat('en', { maximumFractionDigits: 2 }).format(value);
const rounded = (value: number | null) => written(value === null ? null : Math.round(value * 10) / 10);

it('shows every day as the API has it, how it came about, and the mean of seven days', async () => {
  const page = await open('region=XA-01&metric=new_deaths&from=2023-05-01&to=2023-06-30');
  await page
    .getByRole('img', { name: /^New deaths of Northmarch \(synthetic\) by day, 1 May 2023 to 30 Jun 2023, 61 days/ })
    .waitFor();
  const rows = await rowsOf({ region: ['XA-01'], from: '2023-04-25', to: '2023-06-30' });
  const deaths = rows.map(({ new_deaths }) => new_deaths ?? null);
  const expected = rows
    .slice(6)
    .map(({ date, new_deaths, basis, filled }, index) => [
      date,
      written(new_deaths ?? null),
      rounded(deaths.slice(index, index + 7).reduce<number>((sum, each) => sum + (each ?? NaN), 0) / 7),
      filled.includes('new_deaths') ? 'carried forward' : basis === 'spread' ? 'spread' : 'reported',
    ]);
  expect(await table(page)).toEqual(expected);
  expect(new Set(expected.map(([, , , making]) => making)).size).toBeGreaterThan(1);
  await page.context().close();
});

it('marks in the chart what was spread and what was carried forward, each with its pattern and its word', async () => {
  const page = await open('region=XA-01&metric=new_deaths');
  const rows = await rowsOf({ region: ['XA-01'] });
  const making = ({ basis, filled }: IncidenceRow) => (filled.includes('new_deaths') ? 'filled' : basis);
  await page.getByRole('region', { name: 'Chart' }).getByText('7-day mean', { exact: true }).waitFor();
  await page.locator('.canvas svg path').first().waitFor({ state: 'attached' });
  for (const [kind, word] of [
    ['reported', 'reported: as the source had it'],
    ['spread', /spread: a share/],
    ['filled', /carried forward: the source left it empty/],
  ] as const) {
    await page.getByText(word).waitFor();
    const colour = await colourOf(page, kind);
    // A bar of nothing may be drawn or not.
    const bars = await page.locator(`.canvas svg path[fill="${colour}"]`).count();
    const all = rows.filter((row) => making(row) === kind && row.new_deaths !== null);
    const high = all.filter(({ new_deaths }) => new_deaths !== 0);
    expect(high.length).toBeGreaterThan(0);
    expect([kind, bars >= high.length && bars <= all.length]).toEqual([kind, true]);
  }
  await page.context().close();
});

it('sums weeks as the API does, and says which are spread in part, and which the period cuts', async () => {
  const page = await open('region=XA-01&from=2023-05-03&to=2023-06-23');
  await page.getByText('week', { exact: true }).click();
  await page.getByRole('img', { name: /by week, 1 May 2023 to 19 Jun 2023, 8 weeks/ }).waitFor();
  const rows = await rowsOf({ region: ['XA-01'], from: '2023-05-03', to: '2023-06-23', interval: 'week' });
  const words = { reported: [], spread: ['spread'], mixed: ['partly spread'] };
  const days = (count = 0) => (count === 7 ? [] : [`${count} of 7 days`]);
  expect(await table(page)).toEqual(
    rows.map(({ date, new_cases, days: count, basis }) => [
      date,
      written(new_cases ?? null),
      rounded((new_cases ?? NaN) / (count ?? NaN)),
      [...words[basis], ...days(count)].join(', ') || 'reported',
    ]),
  );
  expect(rows.map(({ basis }) => basis)).toContain('mixed');
  expect(rows.map((row) => row.days)).toEqual([5, 7, 7, 7, 7, 7, 7, 5]);
  await page.context().close();
});

it('draws a single week of a comparison, which is no line', async () => {
  const page = await open('region=XA-01&region=XA-02&interval=week&from=2023-06-05&to=2023-06-11');
  await page.getByRole('img', { name: /by week, 5 Jun 2023 to 5 Jun 2023, 1 week;/ }).waitFor();
  for (const name of ['region-blue', 'region-orange']) {
    await page.locator(`.canvas svg path[fill="${await colourOf(page, name)}"]`).waitFor();
  }
  await page.context().close();
});

it('shows a state of the past beside what is known now, and finds the way back', async () => {
  const page = await open(`region=XA-02&from=2024-01-01&as_of=${before}`);
  await page.getByText(/^As it was known at/).waitFor();
  const figures = async () => (await table(page)).map(([, cases]) => Number(cases));
  const sum = (all: number[]) => Math.round(all.reduce((total, each) => total + each, 0));
  expect(sum(await figures())).toBe(313);
  await page.getByText('7-day mean as it is known now').waitFor();
  await page.getByText('known now 45.7').waitFor();
  await page.getByRole('link', { name: 'Back to now' }).click();
  await page.getByText(/^As it was known at/).waitFor({ state: 'detached' });
  await page.getByRole('img', { name: /^New cases of Headwater/ }).waitFor();
  expect(sum(await figures())).toBe(320);
  // Nothing was loaded on the day before.
  const dayBefore = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
  const field = page.getByLabel('As it was on');
  await field.focus();
  // As the digits of a year come.
  for (const digits of [1, 2, 3, 4]) await field.fill(dayBefore.slice(0, digits).padStart(4, '0') + dayBefore.slice(4));
  await page.getByText('Nothing was known yet').waitFor();
  // No digit on the way there was a question of its own, and the field is still there, with the reader in it.
  expect(page.url()).toContain(`as_of=${dayBefore}`);
  expect(await page.evaluate('document.activeElement.value')).toBe(dayBefore);
  await page.getByRole('link', { name: 'Back to now' }).click();
  await page.getByRole('img', { name: /^New cases of Headwater/ }).waitFor();
  expect(page.url()).toContain('region=XA-02&from=2024-01-01');
  await page.goBack();
  await page.getByText('Nothing was known yet').waitFor();
  await page.goBack();
  await page.getByRole('img', { name: /^New cases of Headwater/ }).waitFor();
  await page.context().close();
});

it('compares regions: a line, a reading and a tile for each, chosen from a list', async () => {
  const page = await open('region=XA-01&from=2023-01-01');
  await page.getByText('Choose …').click();
  await page.getByLabel('Find').fill('headwater');
  await page.getByRole('checkbox').check();
  await page
    .getByRole('img', { name: /^New cases of Northmarch \(synthetic\), Headwater Hills \(synthetic\) by day/ })
    .waitFor();
  expect(page.url()).toContain('region=XA-01&region=XA-02');
  await page.keyboard.press('Escape');
  expect(await page.getByLabel('Find').isVisible()).toBe(false);
  for (const name of [NORTHMARCH, HILLS]) {
    await page.getByRole('article').filter({ hasText: name }).waitFor();
    await page.locator('.readout').getByText(name).waitFor();
  }
  const both = await rowsOf({ region: ['XA-01', 'XA-02'], from: '2024-01-07' });
  const last = (await table(page)).at(-1);
  expect([last?.[1], last?.[4]]).toEqual(both.map(({ new_cases }) => written(new_cases ?? null)));
  await page.getByRole('button', { name: `Remove ${NORTHMARCH}` }).click();
  await page.getByRole('img', { name: /^New cases of Headwater Hills \(synthetic\) by day/ }).waitFor();
  await page.goBack();
  await page.getByRole('img', { name: /^New cases of Northmarch \(synthetic\), Headwater/ }).waitFor();
  await page.context().close();
});

it.each([
  ['CSV', 'csv'],
  ['JSON', 'json'],
])('downloads what is shown as %s, as the API gives it', async (name, format) => {
  const page = await open('region=XA-01&region=XA-02&from=2023-05-01&to=2023-06-30');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: `Download ${name}` }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`XA-01 XA-02 day.${format}`);
  const text = await readFile(await download.path(), 'utf8');
  const query = 'region=XA-01&region=XA-02&from=2023-05-01&to=2023-06-30&order=region';
  const answer = await fetch(`${weir.address}/covid/incidence?${query}&format=${format}&limit=10000`, {
    headers: { 'x-key': key },
  });
  if (format === 'csv') expect(text).toBe(await answer.text());
  else expect(JSON.parse(text)).toEqual(((await answer.json()) as { data: unknown }).data);
  await page.context().close();
});

it('is read with the keyboard: each day with its figure, by arrows', async () => {
  const page = await open('region=XA-01&from=2023-05-01&to=2023-05-31');
  const slider = page.getByRole('slider', { name: 'Day to read out' });
  await slider.focus();
  await page.keyboard.press('Home');
  expect(await slider.getAttribute('aria-valuetext')).toMatch(
    /^1 May 2023: [\d.,]+ , 7-day mean [\d.,]+$|^1 May 2023: [\d.,]+, 7-day mean/,
  );
  for (let step = 0; step < 20; step += 1) await page.keyboard.press('ArrowRight');
  expect(await slider.getAttribute('aria-valuetext')).toMatch(/^21 May 2023: [\d.,]+ spread, 7-day mean [\d.,]+$/);
  await page.locator('.readout').getByText('21 May 2023').waitFor();
  await page.context().close();
});

it('is read with the pointer', async () => {
  const page = await open('region=XA-01&from=2023-05-01&to=2023-05-31');
  const plot = await page.locator('.plot').boundingBox();
  if (plot === null) throw new Error('no plot');
  await page.mouse.move(plot.x + 60, plot.y + 100);
  await page.locator('.readout').getByText('1 May 2023').waitFor();
  await page.mouse.move(plot.x + plot.width - 20, plot.y + 100);
  await page.locator('.readout').getByText('31 May 2023').waitFor();
  await page.context().close();
});

it('says where there is nothing: a region that there is not, and a period without figures', async () => {
  const page = await open('region=XX&region=XA-01&from=1999-01-01&to=1999-12-31');
  await page.getByRole('alert').filter({ hasText: 'XX: there is no such region' }).waitFor();
  await page.getByText('There are no figures in this period.').waitFor();
  await page.context().close();
});

// Changes figures of all specs above: the last.
it('shows what a pipeline brings while somebody looks', async () => {
  const page = await open('region=XA-02&from=2024-01-01');
  await page.getByRole('article').filter({ hasText: '320' }).waitFor();
  await page.clock.install();
  await page.reload();
  await page.getByRole('article').filter({ hasText: '320' }).waitFor();
  await writeFile(weir.source, await changedPage('Headwater Hills', 14));
  const run = await operationsOf(weir.settings).run({ pipeline: 'covid', branch: null, only: null }, () => undefined);
  expect(run).toMatchObject({ status: 'succeeded', counts: { published: 7 } });
  await page.clock.fastForward(60_000);
  await page.getByRole('article').filter({ hasText: '327' }).waitFor();
  await page.context().close();
});
