import type { Config } from '@weir/config';
import { createLog, quieter, runLines } from '@weir/telemetry';
import { InlineWorker } from './inline-worker.js';
import { accountsOf, takeOwnership } from './owner.js';

/** Milliseconds between two looks whether the last caller is gone. */
const LOOK_EVERY = 50;

/**
 * Owns the home folder for a command line that found no owner: says `ready` on stdout, answers commands, and ends when
 * whoever started it has (its stdin closes) and nobody else is being answered. `--unmigrated` leaves pending migrations.
 */
export async function answerCommands(config: Config, stopping: AbortController): Promise<void> {
  // Whoever asked hears the rest as an answer.
  const log = createLog({ ...config.log, level: quieter(config.log.level, 'warn') });
  const starterGone = new Promise<void>((resolve) => {
    process.stdin.once('end', resolve).once('close', resolve).resume();
    stopping.signal.addEventListener('abort', () => resolve());
  });
  const migrate = !process.argv.includes('--unmigrated');
  const owner = await takeOwnership(config, log, stopping.signal, migrate);
  owner.monitor.attach(runLines(log, () => true));
  const server = await owner.answer(
    accountsOf(owner.system, config.api.bcryptCost),
    new InlineWorker(owner.system.engine, false),
  );
  process.stdout.write('ready\n');
  await starterGone;
  while (server.busy && !stopping.signal.aborted) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  stopping.abort();
  await owner.close();
}
