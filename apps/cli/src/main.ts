import { CommanderError } from 'commander';
import { runProgram } from '@weir/config';
import { program } from './program.js';

/** Exit statuses: 0 done, 1 failed, 2 the command or the environment is wrong; a command may have set its own. */
async function main(): Promise<number> {
  let status = 0;
  const failed = await runProgram(async () => {
    try {
      await program().parseAsync();
      if (typeof process.exitCode === 'number') status = process.exitCode;
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      status = error.exitCode === 0 ? 0 : 2;
    }
  });
  return failed || status;
}

process.exitCode = await main();
// When all is said, a client that still tries to reach something that is away keeps nobody waiting.
process.stdout.write('', () => setTimeout(() => process.exit(), 1_000).unref());
