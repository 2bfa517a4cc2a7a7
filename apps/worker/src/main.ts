import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError, readConfig } from '@weir/config';
import { WeirError } from '@weir/pipeline';
import { requireStack } from '@weir/stack';
import { work } from './work.js';

/** apps/worker/dist → the project. */
const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../../..');
const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

/** Exit statuses: 0 stopped as asked; 1 could not start or go on; 2 the environment is wrong. */
async function main(): Promise<number> {
  try {
    const config = readConfig(root);
    const stopping = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort());
    await work(
      requireStack(config, 'A worker'),
      { version, bundle: resolve(here, '../bundle/workflows.js') },
      stopping.signal,
    );
    return 0;
  } catch (error) {
    if (error instanceof ConfigError) {
      process.stderr.write(`${error.message}\n`);
      return 2;
    }
    if (error instanceof WeirError) {
      process.stderr.write(`${error.code}: ${error.message}\n`);
      return error.code === 'not_of_this_mode' ? 2 : 1;
    }
    throw error;
  }
}

process.exitCode = await main();
// The engines keep threads of their own; everything is closed by now.
process.exit();
