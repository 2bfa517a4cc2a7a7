import type { ConfigOfStack } from '@weir/config';
import type { Operations } from '@weir/operations';
import { connectStack, stackOperations } from '@weir/stack';
import { createLog, quieter } from '@weir/telemetry';

/** A command asks one thing after the other; a lock may hold one connection. */
const POOL_SIZE = 4;

/** Does something with the stack, in this process. Whoever asked hears an answer; the log is for what fails beside it. */
export async function withStack<T>(config: ConfigOfStack, work: (operations: Operations) => Promise<T>): Promise<T> {
  const log = createLog({ ...config.log, level: quieter(config.log.level, 'warn') });
  const stack = connectStack(config, { clientId: 'weir-cli', poolSize: POOL_SIZE, log });
  try {
    return await work(stackOperations(stack, config, log));
  } finally {
    await stack.close();
  }
}
