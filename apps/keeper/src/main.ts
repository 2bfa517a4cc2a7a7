import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig, requireStack, runProgram } from '@weir/config';
import { keep } from './keep.js';

/** apps/keeper/dist → the project. */
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

process.exitCode = await runProgram(async () => {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort());
  await keep(requireStack(readConfig(root), 'The keeper'), version, stopping.signal);
});
// Connections to what is away may still be tried.
process.exit();
