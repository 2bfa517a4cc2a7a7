/**
 * Builds the page into dist/, where anything that it is made of is newer. Into a folder of its own first, which then takes
 * the other's place: `npm start` and `npm test` may both find work at the same time, and an API may be reading.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { takePlace } from '../../tools/take-place.mjs';

const folder = import.meta.dirname;
const output = join(folder, 'dist');
const sources = ['src', 'index.html', 'vite.config.js', 'package.json', '../../libs/client/src'];

/** When a file, or the newest below a folder, was changed. */
function modified(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  // Its own time, too: that is when a file in it was removed.
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => modified(join(path, name))));
}

/** @returns whether there was anything to do. */
export async function buildPage() {
  const newest = Math.max(...sources.map((source) => modified(join(folder, source))));
  if (modified(join(output, 'index.html')) >= newest) return false;
  const { build } = await import('vite');
  const draft = `${output}.${process.pid}`;
  await build({ root: folder, logLevel: 'warn', build: { outDir: draft } });
  takePlace(draft, output);
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log((await buildPage()) ? 'page: built' : 'page: up to date');
}
