#!/usr/bin/env node
/** Builds what changed since the last start, then runs the command line. */
import { existsSync } from 'node:fs';

process.env.TZ = 'UTC';

const build = new URL('../../../tools/build.mjs', import.meta.url);
if (existsSync(build)) await (await import(build.href)).build();
await import('../dist/main.js');
