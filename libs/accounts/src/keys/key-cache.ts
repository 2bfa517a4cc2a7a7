import type { OwnedApiKey } from './api-key.repository.js';

/** Keys held at most; a flood of different ones pushes out the oldest. */
const capacity = 10_000;

interface Entry {
  readonly id: string;
  readonly key: Promise<OwnedApiKey | null>;
  readonly until: number;
  evicted: boolean;
}

/**
 * Remembers keys for a few seconds. What is held is the look-up itself: requests that come at once share one. A look-up
 * during which its key was evicted may have read what was before; it is made again, so that nobody who still waits for it
 * gets to see that.
 */
export class KeyCache {
  private readonly entries = new Map<string, Entry>();
  /** Look-ups not answered yet: also those that the map holds no more, because they took too long or were pushed out. */
  private readonly underWay = new Set<Entry>();

  /** @param lifetime milliseconds. @param now milliseconds since 1970. */
  constructor(
    private readonly lifetime: number,
    private readonly now: () => number,
  ) {}

  async get(id: string, find: (id: string) => Promise<OwnedApiKey | null>): Promise<OwnedApiKey | null> {
    for (;;) {
      const entry = this.held(id) ?? this.lookUp(id, find);
      try {
        const key = await entry.key;
        if (entry.evicted) continue;
        if (key === null) this.forget(entry);
        return key;
      } catch (error) {
        this.forget(entry);
        throw error;
      }
    }
  }

  evict(id: string): void {
    for (const entry of this.underWay) if (entry.id === id) entry.evicted = true;
    const entry = this.entries.get(id);
    if (entry === undefined) return;
    entry.evicted = true;
    this.entries.delete(id);
  }

  private held(id: string): Entry | undefined {
    const entry = this.entries.get(id);
    return entry !== undefined && entry.until > this.now() ? entry : undefined;
  }

  private lookUp(id: string, find: (id: string) => Promise<OwnedApiKey | null>): Entry {
    const entry: Entry = { id, key: find(id), until: this.now() + this.lifetime, evicted: false };
    const ended = () => void this.underWay.delete(entry);
    this.underWay.add(entry);
    entry.key.then(ended, ended);
    this.entries.delete(id);
    this.entries.set(id, entry);
    this.dropOldest();
    return entry;
  }

  private forget(entry: Entry): void {
    if (this.entries.get(entry.id) === entry) this.entries.delete(entry.id);
  }

  private dropOldest(): void {
    if (this.entries.size <= capacity) return;
    for (const oldest of this.entries.keys()) {
      this.entries.delete(oldest);
      return;
    }
  }
}
