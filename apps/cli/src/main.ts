import { CommanderError } from 'commander';
import { ConfigError } from '@weir/config';
import { WeirError } from '@weir/pipeline';
import { program } from './program.js';

/** Exit statuses: 0 done, 1 failed, 2 the command or the environment is wrong. */
async function main(): Promise<number> {
  try {
    await program().parseAsync();
    return typeof process.exitCode === 'number' ? process.exitCode : 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
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
// When all is said, a client that still tries to reach something that is away keeps nobody waiting.
process.stdout.write('', () => setTimeout(() => process.exit(), 1_000).unref());
