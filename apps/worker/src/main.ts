import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig, requireStack, runProgram } from '@weir/config';
import { work } from './work.js';

/** apps/worker/dist → the project. */
const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../../..');
const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

process.exitCode = await runProgram(async () => {
  const config = requireStack(readConfig(root), 'A worker');
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort());
  await work(config, { version, bundle: resolve(here, '../bundle/workflows.js') }, stopping.signal);
});
// The engines keep threads of their own; everything is closed by now.
process.exit();
