/** Milliseconds. */
const windowLength = 60_000;
/** Callers counted at a time, at most; beyond that, those whose minute ends first are forgotten. */
const mostCallers = 100_000;

interface Window {
  count: number;
  readonly ends: number;
}

/** How a caller stands with a limit. */
export interface Standing {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the minute is over, at least 1. */
  readonly seconds: number;
}

/**
 * Counts what each caller does in windows of a minute that begin with their first request. It holds a bounded number of
 * callers and keeps no timers.
 */
export class WindowCounter {
  /** Whoever began first stands first. */
  private readonly windows = new Map<string, Window>();

  /** @param limit in a minute, 1 or more. @param now milliseconds since 1970. @param capacity callers, at most. */
  constructor(
    private readonly limit: number,
    private readonly now: () => number = Date.now,
    private readonly capacity: number = mostCallers,
  ) {}

  /** Callers held now. */
  get size(): number {
    return this.windows.size;
  }

  /** Counts one; what is beyond the limit is counted no further. */
  take(who: string): Standing {
    const now = this.now();
    this.dropEnded(now);
    const window = this.windows.get(who) ?? this.begin(who, now);
    const allowed = window.count < this.limit;
    if (allowed) window.count += 1;
    return {
      allowed,
      limit: this.limit,
      remaining: this.limit - window.count,
      seconds: Math.max(1, Math.ceil((window.ends - now) / 1000)),
    };
  }

  /** Takes one back that turned out not to count. */
  giveBack(who: string): void {
    const window = this.windows.get(who);
    if (window !== undefined && window.count > 0) window.count -= 1;
  }

  private begin(who: string, now: number): Window {
    const window = { count: 0, ends: now + windowLength };
    this.windows.set(who, window);
    if (this.windows.size > this.capacity) this.dropFirst();
    return window;
  }

  private dropEnded(now: number): void {
    for (const [who, { ends }] of this.windows) {
      if (ends > now) return;
      this.windows.delete(who);
    }
  }

  private dropFirst(): void {
    for (const who of this.windows.keys()) {
      this.windows.delete(who);
      return;
    }
  }
}
