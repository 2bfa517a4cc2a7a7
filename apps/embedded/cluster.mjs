/**
 * Makes the empty database cluster that each new home begins with (cluster/), where there is none of this version of PGlite.
 * PGlite's `initdb` takes seconds and half a gigabyte, most of which the process that ran it never gives back: it is run
 * once, here, in a process of its own, and not by each system that starts.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { takePlace } from '../../tools/take-place.mjs';

const cluster = join(import.meta.dirname, 'cluster');
/** Beside the cluster's own files: which PGlite made them. */
const MADE_BY = 'pglite.version';

/** @returns whether there was anything to do. */
export function buildCluster() {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const { version } = JSON.parse(readFileSync(join(dirname(dirname(entry)), 'package.json'), 'utf8'));
  const madeBy = join(cluster, MADE_BY);
  if (existsSync(madeBy) && readFileSync(madeBy, 'utf8') === version) return false;
  const draft = `${cluster}.${process.pid}`;
  execFileSync(process.execPath, [fileURLToPath(import.meta.url), draft], { stdio: ['ignore', 'ignore', 'inherit'] });
  writeFileSync(join(draft, MADE_BY), version);
  takePlace(draft, cluster);
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { PGlite } = await import('@electric-sql/pglite');
  const database = await PGlite.create({ dataDir: process.argv[2] });
  await database.close();
  process.exit();
}
