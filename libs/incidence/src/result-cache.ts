import { LRUCache } from 'lru-cache';

/** A page as it leaves the process. */
export interface EncodedPage {
  readonly body: Uint8Array;
  /** Asks for the page after this one; null on the last. */
  readonly nextCursor: string | null;
}

export interface CacheStatistics {
  /** Answered without a query of their own, those that shared one included. */
  readonly hits: number;
  readonly misses: number;
  /** Kept now. */
  readonly bytes: number;
}

/** Bytes beside the body: the name, the cursor, the bookkeeping. */
const overhead = 512;
/** No page takes more than this share of all: one large answer must not send away all others. */
const largestShare = 1 / 8;

/**
 * Keeps pages by a name that says what state they show, so that none can be stale: a page of an old state is merely
 * forgotten in time. Bounded in bytes; what was not used for longest goes first.
 */
export class ResultCache {
  private readonly pages: LRUCache<string, EncodedPage>;
  private readonly underWay = new Map<string, Promise<EncodedPage>>();
  private hits = 0;
  private misses = 0;

  /** @param bytes to keep at most, 1 MB or more. */
  constructor(bytes: number) {
    this.pages = new LRUCache({
      maxSize: bytes,
      maxEntrySize: bytes * largestShare,
      sizeCalculation: ({ body }) => body.byteLength + overhead,
    });
  }

  /** The page of this name; `make` makes it where it is not kept, once for all that ask meanwhile. Failures are not kept. */
  async page(name: string, make: () => Promise<EncodedPage>): Promise<EncodedPage> {
    const known = this.pages.get(name) ?? this.underWay.get(name);
    if (known !== undefined) {
      this.hits += 1;
      return known;
    }
    this.misses += 1;
    const made = make()
      .then((page) => {
        this.pages.set(name, page);
        return page;
      })
      .finally(() => this.underWay.delete(name));
    this.underWay.set(name, made);
    return made;
  }

  get statistics(): CacheStatistics {
    return { hits: this.hits, misses: this.misses, bytes: this.pages.calculatedSize };
  }
}
