import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError, readConfig, runProgram } from '@weir/config';
import { answerCommands } from './answer-commands.js';
import { serve } from './serve.js';

/** apps/embedded/dist → the project. */
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const page = join(root, 'apps/dashboard/dist');
const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

let firstAsked = 0;

/** The first signal stops in order; another one, a moment later, at once: nothing is lost by that either. */
function stop(stopping: AbortController): void {
  const now = Date.now();
  if (firstAsked === 0) firstAsked = now;
  // npm and a terminal may both pass the same Ctrl-C on.
  else if (now - firstAsked > 1_000) process.exit(130);
  stopping.abort();
}

process.exitCode = await runProgram(async () => {
  const config = readConfig(root);
  if (config.stack !== null) {
    const expected = 'embedded: this program is the system in one process. The stack starts with `docker compose up`';
    throw new ConfigError([{ name: 'WEIR_MODE', value: 'stack', expected }]);
  }
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(stopping));
  if (process.argv.includes('--commands')) await answerCommands(config, stopping);
  else await serve(config, { version, page }, stopping);
});
// The engines keep threads of their own; everything is closed by now.
process.exit();
