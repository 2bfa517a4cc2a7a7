import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds between two looks. */
const LOOK_EVERY = 300;

/**
 * Looks again and again until there is something to see (anything but undefined, null and false), `seconds` at most: the
 * bound that a test promises.
 * @param look may fail, too: what it last failed with is told when the time is up.
 * @throws Error with what was waited for, and the last that was seen instead.
 */
export async function eventually<T>(
  what: string,
  seconds: number,
  look: () => Promise<T | undefined | null | false> | T | undefined | null | false,
  seen: () => unknown = () => undefined,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  let failure: unknown;
  for (;;) {
    try {
      const found = await look();
      if (found !== undefined && found !== null && found !== false) return found;
      failure = undefined;
    } catch (error) {
      failure = error;
    }
    if (Date.now() >= deadline) {
      const instead = failure instanceof Error ? failure.message : JSON.stringify(await seen());
      throw new Error(`not within ${seconds} s: ${what}${instead === undefined ? '' : `; last seen: ${instead}`}`);
    }
    await pause(LOOK_EVERY);
  }
}
