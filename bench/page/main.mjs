/**
 * How long the page takes in Chromium, from the embedded system with the sample: `node bench/page/main.mjs [--rounds 15]
 * [--json]`. Each visit is a browser's first: nothing is cached. A goal of one second is for the whole of it.
 *
 * `first visit`: without a key, until the form that gives one is there; `with a key`: until the figures of a region are drawn.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startChromium } from '../../libs/testing/dist/chromium.js';
import { median, round, table } from '../system/parts.mjs';
import { register, withHome, withWeir } from '../system/weir.mjs';

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '15' }, json: { type: 'boolean', default: false } },
});

/** Until the first load of the sample is there. */
async function withFigures(address, headers) {
  for (;;) {
    const { data } = await (await fetch(`${address}/covid/regions`, { headers })).json();
    if (data.length > 0) return;
    await pause(500);
  }
}

/** Run in the page before its own scripts: notes when what is waited for has been painted. */
const noteWhen = (shown) => `
  const look = () => {
    if (document.querySelector(${JSON.stringify(shown)}) === null) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => { window.shownAt = performance.now(); }));
  };
  const watch = new MutationObserver(look);
  watch.observe(document, { childList: true, subtree: true });`;

/** @returns milliseconds from the beginning of the navigation to the paint, and bytes that came over the network. */
async function visit(browser, address, key, shown) {
  const context = await browser.newContext();
  const page = await context.newPage();
  if (key !== null) await page.addInitScript(`localStorage.setItem('weir-key', ${JSON.stringify(key)})`);
  await page.addInitScript(noteWhen(shown));
  await page.goto(address);
  await page.locator(shown).first().waitFor({ state: 'attached' });
  for (;;) {
    const found = await page.evaluate(
      `window.shownAt && [window.shownAt, [...performance.getEntriesByType('resource'), ...performance.getEntriesByType('navigation')].reduce((sum, each) => sum + each.transferSize, 0)]`,
    );
    if (found) {
      await context.close();
      return { milliseconds: found[0], bytes: found[1] };
    }
    await pause(50);
  }
}

const figures = await withHome((home) =>
  withWeir(home, {}, async ({ address }) => {
    const key = await register(address);
    await withFigures(address, { 'x-key': key });
    const browser = await startChromium();
    try {
      const visits = { first: [], keyed: [] };
      for (let n = 0; n <= Number(options.rounds); n += 1) {
        const first = await visit(browser, address, null, 'form');
        const keyed = await visit(browser, address, key, '.canvas svg path');
        // The very first starts the browser's own processes, and is nobody's.
        if (n === 0) continue;
        if (process.env.SHOW) console.error(first.milliseconds | 0, keyed.milliseconds | 0);
        visits.first.push(first);
        visits.keyed.push(keyed);
      }
      const of = (which) => ({
        milliseconds: median(which.map(({ milliseconds }) => milliseconds)),
        slowest: Math.max(...which.map(({ milliseconds }) => milliseconds)),
        bytes: median(which.map(({ bytes }) => bytes)),
      });
      return { first: of(visits.first), keyed: of(visits.keyed) };
    } finally {
      await browser.close();
    }
  }),
);
console.log(options.json ? JSON.stringify(figures) : text(figures));

function text({ first, keyed }) {
  const row = (name, { milliseconds, slowest, bytes }) => [
    name,
    `${Math.round(milliseconds)} ms`,
    `${Math.round(slowest)} ms`,
    `${round(bytes)} bytes`,
  ];
  return `${table([
    ['The page in Chromium, nothing cached', 'median', 'slowest', 'transferred'],
    row('first visit, until there is the form that gives a key', first),
    row('with a key, until a region’s figures are drawn', keyed),
  ])}

Goal: one second.`;
}
process.exit();
