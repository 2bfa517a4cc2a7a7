import { WeirError } from '@weir/pipeline';
import { ConfigError, type Config, type ConfigOfStack } from './config.js';

/**
 * Runs a program to its end, and says on stderr what went wrong where that is for people.
 * @returns its exit status: 0 done, or stopped as asked; 1 failed; 2 the environment is wrong.
 * @throws what nobody foresaw, for Node to print with its stack.
 */
export async function runProgram(program: () => Promise<void>): Promise<0 | 1 | 2> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', outlive);
  try {
    await program();
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

/** Who read the output has gone, as in `npm start | head`: what is said from now on nobody hears, and the work goes on. */
function outlive(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/**
 * The configuration of a program that belongs to the stack.
 * @param program as the beginning of a sentence: `A worker`.
 * @throws ConfigError where everything is to be one process.
 */
export function requireStack(config: Config, program: string): ConfigOfStack {
  const { stack } = config;
  if (stack !== null) return { ...config, stack };
  const expected = `stack: ${program} belongs to the stack. The system in one process starts with \`npm start\``;
  throw new ConfigError([{ name: 'WEIR_MODE', value: 'embedded', expected }]);
}
