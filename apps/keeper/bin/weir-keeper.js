#!/usr/bin/env node
/** Starts the keeper of the stack's sink. In a checkout, builds what changed first. */
import { existsSync } from 'node:fs';

process.env.TZ = 'UTC';

const build = new URL('../../../tools/build.mjs', import.meta.url);
if (existsSync(build)) await (await import(build.href)).build();
await import('../dist/main.js');
