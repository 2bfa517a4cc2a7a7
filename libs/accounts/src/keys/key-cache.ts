import type { OwnedApiKey } from './api-key.repository.js';

/** Keys held at most; a flood of different ones pushes out the oldest. */
const capacity = 10_000;

interface Entry {
  readonly key: Promise<OwnedApiKey | null>;
  readonly until: number;
}

/**
 * Remembers keys for a few seconds. What is held is the look-up itself: requests that come at once share one, and an
 * eviction during a look-up is not undone when that ends.
 */
export class KeyCache {
  private readonly entries = new Map<string, Entry>();

  /** @param lifetime milliseconds. @param now milliseconds since 1970. */
  constructor(
    private readonly lifetime: number,
    private readonly now: () => number,
  ) {}

  async get(id: string, find: (id: string) => Promise<OwnedApiKey | null>): Promise<OwnedApiKey | null> {
    const held = this.entries.get(id);
    if (held !== undefined && held.until > this.now()) return held.key;
    const entry = { key: find(id), until: this.now() + this.lifetime };
    this.entries.delete(id);
    this.entries.set(id, entry);
    this.dropOldest();
    try {
      const key = await entry.key;
      if (key === null) this.forget(id, entry);
      return key;
    } catch (error) {
      this.forget(id, entry);
      throw error;
    }
  }

  evict(id: string): void {
    this.entries.delete(id);
  }

  private forget(id: string, entry: Entry): void {
    if (this.entries.get(id) === entry) this.entries.delete(id);
  }

  private dropOldest(): void {
    if (this.entries.size <= capacity) return;
    for (const oldest of this.entries.keys()) {
      this.entries.delete(oldest);
      return;
    }
  }
}
