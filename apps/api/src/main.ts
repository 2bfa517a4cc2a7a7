import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig, requireStack, runProgram } from '@weir/config';
import { serve } from './serve.js';

/** apps/api/dist → the project. */
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const page = join(root, 'apps/dashboard/dist');
const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

process.exitCode = await runProgram(async () => {
  const stopping = new AbortController();
  // A second signal is one to Node itself, which ends at once.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  await serve(requireStack(readConfig(root), 'This API'), { version, page }, stopping.signal);
});
// Clients may still try to reach what is away.
process.exit();
