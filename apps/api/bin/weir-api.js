#!/usr/bin/env node
/** Starts the API of the stack. In a checkout, builds what changed first; an image holds it. */
import { existsSync } from 'node:fs';

process.env.TZ = 'UTC';

const build = new URL('../../../tools/build.mjs', import.meta.url);
if (existsSync(build)) await (await import(build.href)).build();
await import('../dist/main.js');
