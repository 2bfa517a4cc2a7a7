import axe from 'axe-core';
import { eventually } from '@weir/testing';
import type { Page } from 'playwright-core';
import { enterKey, pageUnderTest, type PageUnderTest } from './page-under-test.js';

/** Everybody can use it: with a screen reader, with the keyboard alone, on a small screen, in the dark. */

let weir: PageUnderTest;
let key: string;
beforeAll(async () => {
  weir = await pageUnderTest();
  key = await weir.key('data', 'pipelines');
});
afterAll(() => weir.close());

const PAGES = ['figures', 'runs', 'pipelines', 'dead-letters', 'health'];

/** What axe finds against WCAG 2.2 A and AA. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>(
    `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(({ violations }) => violations)`,
  );
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
}

async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByText('Asking …').first().waitFor({ state: 'detached' });
}

it.each([
  ['light', 1280],
  ['dark', 1280],
  ['light', 360],
  ['dark', 360],
] as const)('has no fault that axe finds, %s and %d pixels wide', async (colorScheme, width) => {
  const page = await weir.open('/', { colorScheme, viewport: { width, height: 800 } });
  expect(await violations(page)).toEqual([]);
  await enterKey(page, key);
  for (const name of PAGES) {
    await page.goto(`${weir.address}/#/${name}`);
    await settled(page);
    if (name === 'figures') {
      await page.getByRole('img', { name: /^New cases/ }).waitFor();
      await page.getByText('The figures as a table').click();
    }
    expect([name, await violations(page)]).toEqual([name, []]);
  }
  await page.goto(`${weir.address}/#/runs`);
  await page.getByRole('row').filter({ hasText: 'backfill' }).getByRole('link').first().click();
  await page.getByRole('heading', { name: 'Artefacts' }).waitFor();
  await settled(page);
  expect(['run', await violations(page)]).toEqual(['run', []]);
  await page.context().close();
});

it.each([320, 360, 768])('needs no sideways scrolling at %d pixels', async (width) => {
  const page = await weir.open('/', { viewport: { width, height: 700 } });
  const overflow = () => page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
  expect(await overflow()).toBeLessThanOrEqual(0);
  await enterKey(page, key);
  for (const name of [...PAGES, 'figures?region=XA-01&region=XA-02&region=XA-03']) {
    await page.goto(`${weir.address}/#/${name}`);
    await settled(page);
    expect([name, (await overflow()) <= 0]).toEqual([name, true]);
  }
  await page.context().close();
});

it('is used with the keyboard alone: from nothing to a key, and from there to another region', async () => {
  const page = await weir.open();
  const press = (...keys: string[]) =>
    keys.reduce((before, each) => before.then(() => page.keyboard.press(each)), Promise.resolve());
  await page.getByLabel('E-mail').waitFor();
  await press('Tab');
  expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('To the content');
  await press('Enter', 'Tab');
  await page.keyboard.type('keyboard@example.org');
  await press('Tab');
  await page.keyboard.type('correct horse battery');
  await press('Enter');
  await page.getByRole('img', { name: /^New cases/ }).waitFor();
  await page.getByText('Choose …').focus();
  await press('Enter', 'Tab');
  await page.keyboard.type('sluice');
  await press('Tab', 'Space', 'Escape');
  await page.getByRole('img', { name: /Upper Sluice/ }).waitFor();
  expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('Choose …');
  await page.context().close();
});

it('follows the reader’s choice of light and dark while it is open', async () => {
  const page = await weir.open('/', { colorScheme: 'light' });
  await enterKey(page, key);
  await page.getByRole('img', { name: /^New cases/ }).waitFor();
  const colours = () =>
    page.evaluate<string[]>(
      `[getComputedStyle(document.body).backgroundColor, document.querySelector('.canvas svg text').getAttribute('fill')]`,
    );
  const light = await colours();
  await page.emulateMedia({ colorScheme: 'dark' });
  await eventually('the colours of the dark', 10, async () => {
    const dark = await colours();
    return dark[0] !== light[0] && dark[1] !== light[1];
  });
  await page.context().close();
});
