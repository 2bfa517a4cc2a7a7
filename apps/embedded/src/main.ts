import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError, readConfig } from '@weir/config';
import { WeirError } from '@weir/pipeline';
import { answerCommands } from './answer-commands.js';
import { serve } from './serve.js';

/** apps/embedded/dist → the project. */
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

/** Exit statuses: 0 stopped as asked; 1 could not start; 2 the environment is wrong. */
async function main(): Promise<number> {
  try {
    const config = readConfig(root);
    if (config.stack !== null) {
      const expected = 'embedded: this program is the system in one process. The stack starts with `docker compose up`';
      throw new ConfigError([{ name: 'WEIR_MODE', value: 'stack', expected }]);
    }
    const stopping = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(stopping));
    if (process.argv.includes('--commands')) await answerCommands(config, stopping);
    else await serve(config, version, stopping);
    return 0;
  } catch (error) {
    if (error instanceof ConfigError) {
      process.stderr.write(`${error.message}\n`);
      return 2;
    }
    if (error instanceof WeirError) {
      process.stderr.write(`${error.message}\n`);
      return 1;
    }
    throw error;
  }
}

let firstAsked = 0;

/** The first signal stops in order; another one, a moment later, at once: nothing is lost by that either. */
function stop(stopping: AbortController): void {
  const now = Date.now();
  if (firstAsked === 0) firstAsked = now;
  // npm and a terminal may both pass the same Ctrl-C on.
  else if (now - firstAsked > 1_000) process.exit(130);
  stopping.abort();
}

process.exitCode = await main();
// The engines keep threads of their own; everything is closed by now.
process.exit();
