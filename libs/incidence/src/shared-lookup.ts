/**
 * Shares a look-up between those who ask at the same time, so that each gets one that began after it asked: whoever asks
 * while one is running waits for the next, together with all others that came meanwhile. So at most one is running and
 * one waiting, and nobody hears what was true before they asked.
 */
export class SharedLookup<T> {
  private running: Promise<T> | null = null;
  private waiting: Promise<T> | null = null;

  constructor(private readonly lookUp: () => Promise<T>) {}

  /** Rejects where its look-up does; the one before it may fail. */
  ask(): Promise<T> {
    if (this.waiting !== null) return this.waiting;
    if (this.running === null) return this.begin();
    const next = () => {
      this.waiting = null;
      return this.begin();
    };
    this.waiting = this.running.then(next, next);
    return this.waiting;
  }

  private begin(): Promise<T> {
    const running = this.lookUp().finally(() => {
      this.running = null;
    });
    this.running = running;
    return running;
  }
}
