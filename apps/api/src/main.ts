import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError, readConfig } from '@weir/config';
import { WeirError } from '@weir/pipeline';
import { serve } from './serve.js';

/** apps/api/dist → the project. */
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

/** Exit statuses: 0 stopped as asked; 1 could not start; 2 the environment is wrong. */
async function main(): Promise<number> {
  const stopping = new AbortController();
  // A second signal is one to Node itself, which ends at once.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  try {
    const config = readConfig(root);
    const { stack } = config;
    if (stack === null) {
      const expected = "stack: this is the stack's API. The embedded system, its API in it, starts with `npm start`";
      throw new ConfigError([{ name: 'WEIR_MODE', value: 'embedded', expected }]);
    }
    await serve({ ...config, stack }, version, stopping.signal);
    return 0;
  } catch (error) {
    if (error instanceof ConfigError) {
      process.stderr.write(`${error.message}\n`);
      return 2;
    }
    if (error instanceof WeirError) {
      process.stderr.write(`${error.code}: ${error.message}\n`);
      return 1;
    }
    throw error;
  }
}

process.exitCode = await main();
// Clients may still try to reach what is away.
process.exit();
