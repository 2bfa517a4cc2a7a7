import { createRequire } from 'node:module';
import { Command } from 'commander';
import { checkCommand } from './commands/check.js';
import { dlqCommand } from './commands/dlq.js';
import { healthCommand } from './commands/health.js';
import { keysCommand } from './commands/keys.js';
import { listCommand } from './commands/list.js';
import { migrateCommand } from './commands/migrate.js';
import { previewCommand } from './commands/preview.js';
import { runCommand } from './commands/run.js';
import { statusCommand } from './commands/status.js';
import { workersCommand } from './commands/workers.js';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

export function program(): Command {
  const weir = new Command('weir')
    .description('Pipelines in files: run them, look at them, and serve what they load.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(add --help to see what the command takes)')
    .addHelpText(
      'after',
      `
A first look:
  npm start                        start everything: loads the pipelines and serves the API
  npx weir list                    which pipelines there are, and how their last run ended
  npx weir check                   is every pipeline file right? Each mistake with its line and column
  npx weir preview covid           what would a pipeline do? Writes nothing
  npx weir run covid               run it: the history first, later whatever is new
  npx weir status                  the latest runs; with an id, one run and its steps

Every command takes --json for programs, and --help for itself. It works beside a running \`npm start\`, and without
one; in the stack (WEIR_MODE=stack) inside any container of Weir: docker compose exec worker weir status.
Exit statuses: 0 done, 1 failed, 2 the command or the environment is wrong.`,
    );
  const commands = [
    listCommand(),
    runCommand(),
    previewCommand(),
    checkCommand(),
    statusCommand(),
    healthCommand(),
    workersCommand(),
    dlqCommand(),
    migrateCommand(),
    keysCommand(),
  ];
  for (const command of commands) weir.addCommand(inherit(command, weir));
  return weir;
}

/** Errors of subcommands are thrown, too, and end with the same hint. */
function inherit(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent);
  for (const child of command.commands) inherit(child, parent);
  return command;
}
