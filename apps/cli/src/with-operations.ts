import type { Operations } from '@weir/operations';
import { withOwner } from './owner/with-owner.js';
import { projectConfig } from './project.js';

export interface OperationsOptions {
  /** For commands about migrations: embedded, what is pending is otherwise applied first. */
  readonly unmigrated?: boolean;
}

/**
 * Does something with the operations of the system: embedded, through the process that owns the home folder; in the stack,
 * here, with what the environment names.
 */
export async function withOperations<T>(
  work: (operations: Operations) => Promise<T>,
  { unmigrated = false }: OperationsOptions = {},
): Promise<T> {
  const config = projectConfig();
  if (config.stack === null) return withOwner(config, work, { unmigrated });
  // Not before it is known to be needed: the stack's clients take longer to load than many a command to do its work.
  const { withStack } = await import('./stack/with-stack.js');
  return withStack({ ...config, stack: config.stack }, work);
}
