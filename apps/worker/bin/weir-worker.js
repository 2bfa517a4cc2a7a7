#!/usr/bin/env node
/** Starts a worker of the stack. In a checkout, builds what changed and bundles the workflows first; an image holds both. */
import { existsSync } from 'node:fs';

process.env.TZ = 'UTC';

const build = new URL('../../../tools/build.mjs', import.meta.url);
if (existsSync(build)) {
  await (await import(build.href)).build();
  await import('./bundle-workflows.js');
}
await import('../dist/main.js');
