import { startChromium } from '@weir/testing';
import type { Page } from 'playwright-core';
import { api, operatorKey } from './stack-under-test.js';

/** Looks at the stack's web page in Chromium, as an operator who has been there before. @param hash `#/runs`. */
export async function onPage(hash: string, look: (page: Page) => Promise<unknown>): Promise<void> {
  const browser = await startChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.addInitScript(`localStorage.setItem('weir-key', ${JSON.stringify(await operatorKey())})`);
    await page.goto(`${api}/${hash}`);
    await look(page);
  } finally {
    await browser.close();
  }
}
