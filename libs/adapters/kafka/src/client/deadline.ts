import { unreachable } from './kafka-failure.js';

/** Waits for an answer of Kafka no longer than that; then it counts as unreachable, whatever comes of it. */
export async function within<T>(milliseconds: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(unreachable(new Error(`no answer within ${milliseconds / 1000} seconds`))),
      milliseconds,
    );
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
    // What comes too late fails unheard.
    answer.catch(() => undefined);
  }
}
