import {
  ClickHouseIncidenceRepository,
  ClickHouseRevisionStore,
  type ClickHouseClient,
} from '@weir/adapter-clickhouse';
import type { Commit } from '@weir/pipeline';

/**
 * Remembers the last committed revision of each dataset until the next commit. Right where the one process that commits is
 * the one that reads, which is the embedded system: a look-up costs the engine longer than it takes to send an answer that
 * is kept.
 */
export class SnapshotMemory {
  private readonly known = new Map<string, number>();
  private commits = 0;
  private underWay = 0;

  async ask(dataset: string, lookUp: () => Promise<number>): Promise<number> {
    const known = this.known.get(dataset);
    if (known !== undefined) return known;
    const { commits } = this;
    const found = await lookUp();
    // What was looked up while something was committed may be what was before it.
    if (this.underWay === 0 && this.commits === commits) this.known.set(dataset, found);
    return found;
  }

  /** Does something that commits, whether it says so or fails. */
  async commit<T>(work: () => Promise<T>): Promise<T> {
    this.underWay += 1;
    this.known.clear();
    try {
      return await work();
    } finally {
      this.underWay -= 1;
      this.commits += 1;
      this.known.clear();
    }
  }
}

export class RememberingIncidenceRepository extends ClickHouseIncidenceRepository {
  constructor(
    client: ClickHouseClient,
    private readonly memory: SnapshotMemory,
  ) {
    super(client);
  }

  override snapshot(dataset: string, asOf?: Date): Promise<number> {
    if (asOf !== undefined) return super.snapshot(dataset, asOf);
    return this.memory.ask(dataset, () => super.snapshot(dataset));
  }
}

export class RememberedRevisionStore extends ClickHouseRevisionStore {
  constructor(
    client: ClickHouseClient,
    private readonly memory: SnapshotMemory,
  ) {
    super(client);
  }

  override commit(commit: Commit): Promise<void> {
    return this.memory.commit(() => super.commit(commit));
  }
}
