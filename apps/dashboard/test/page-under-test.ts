import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  covid,
  killPrograms,
  operationsOf,
  type Program,
  start,
  startChromium,
  testFolder,
  untilReady,
  type Settings,
} from '@weir/testing';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** Real: `npm start` with the sample, and Chromium. What a page does that it must not is an error at the end. */
export interface PageUnderTest {
  readonly address: string;
  readonly settings: Settings;
  readonly folder: string;
  /** The file that the pipeline takes for its web page, and the folder of its history: the sample's, to be changed. */
  readonly source: string;
  readonly history: string;
  /** A reader of their own: nobody else's storage. */
  open(path?: string, options?: BrowserContextOptions): Promise<Page>;
  /** A key with these scopes, from the operator. */
  key(...scopes: readonly string[]): Promise<string>;
  close(): Promise<void>;
}

export async function pageUnderTest(): Promise<PageUnderTest> {
  const folder = await testFolder();
  const source = join(folder.path, 'page.html');
  const history = join(folder.path, 'history');
  await cp(fileURLToPath(new URL('sample/history', covid)), history, { recursive: true });
  await writeFile(source, await readFile(new URL('sample/page.html', covid)));
  const settings = { ...folder.home('home'), COVID_PAGE_URL: source, COVID_HISTORY: `${history}/*.csv` };
  const program: Program = start(settings);
  const address = await untilReady(program);
  const browser: Browser = await startChromium();
  const wrong: string[] = [];
  let users = 0;
  return {
    address,
    settings,
    folder: folder.path,
    source,
    history,
    async open(path = '/', options = {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      const page = await context.newPage();
      page.on('pageerror', ({ message }) => wrong.push(message));
      page.on('console', (message) => {
        // A refusal is also a line of the browser's console.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
          wrong.push(message.text());
      });
      page.on('request', (request) => {
        const url = request.url();
        if (!url.startsWith(address) && !/^(data|blob):/.test(url)) wrong.push(`asked ${url}`);
      });
      await page.goto(`${address}${path}`);
      return page;
    },
    async key(...scopes) {
      users += 1;
      const email = `operator${users}@example.org`;
      return (await operationsOf(settings).keysCreate({ email, scopes: [...scopes] })).api_key;
    },
    async close() {
      await browser.close();
      await program.end('SIGINT');
      await killPrograms();
      await folder.remove();
      expect(wrong).toEqual([]);
    },
  };
}

/** Gives the page a key, as a reader does who has one. */
export async function enterKey(page: Page, key: string): Promise<void> {
  await page.getByRole('button', { name: 'I have a key' }).click();
  await useKey(page, key);
  await page.getByRole('button', { name: 'Forget key' }).waitFor();
}

/** Fills the form for a key that there is; it may be refused. */
export async function useKey(page: Page, key: string): Promise<void> {
  await page.getByLabel('Key', { exact: true }).fill(key);
  await page.getByRole('button', { name: 'Use this key' }).click();
}
