import type { MigrationLock } from '@weir/migrations';

/**
 * Who holds the home folder's lock is alone with its databases, and a SIGKILL frees that lock at once: a lock in a table
 * would keep the next start waiting for a process that is gone. Left to see to is that this process migrates in turn.
 */
export function inTurn(): MigrationLock {
  let last: Promise<unknown> = Promise.resolve();
  return {
    hold(work) {
      const turn = last.then(work);
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}
