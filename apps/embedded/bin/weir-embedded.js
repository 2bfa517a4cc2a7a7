#!/usr/bin/env node
/** Builds what changed since the last start, then starts the embedded system. */
import { existsSync } from 'node:fs';

// ClickHouse, DuckDB and PostgreSQL count in UTC by themselves; whatever in Node asks for the local time zone does too.
process.env.TZ = 'UTC';

const build = new URL('../../../tools/build.mjs', import.meta.url);
if (existsSync(build)) await (await import(build.href)).build();
await import('../dist/main.js');
