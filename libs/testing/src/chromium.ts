import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';

/** Of Debian, and of whoever says so. Nothing is downloaded. */
const EXECUTABLE = process.env['WEIR_TEST_CHROMIUM'] ?? '/usr/bin/chromium';
/** Nothing that would go out on the network, and nothing that a machine without a screen lacks. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function startChromium(): Promise<Browser> {
  // Most specs have no use for it, and it takes a while to load.
  const { chromium } = await import('playwright-core');
  return chromium.launch({ executablePath: EXECUTABLE, args: ARGS });
}

/** Waits until a page shows a text. Where it does not, the error says what it shows, and a picture of it is kept. */
export async function untilShown(page: Page, text: string | RegExp, seconds: number): Promise<void> {
  try {
    await page
      .getByText(text)
      .first()
      .waitFor({ timeout: seconds * 1000 });
  } catch (cause) {
    const shown = await page.locator('body').innerText();
    const picture = await screenshot(page, 'missing');
    const saw = `${page.url()} does not show ${text} within ${seconds} s, but (${picture}): ${shown.slice(0, 2_000)}`;
    throw new Error(saw, { cause });
  }
}

/** @returns the file, in the temporary folder. */
export async function screenshot(page: Page, name: string): Promise<string> {
  const path = join(tmpdir(), `weir-${process.pid}-${name}.png`);
  await page.screenshot({ path });
  return path;
}
