import { WeirError } from '@weir/pipeline';
import type {
  ConnectorCondition,
  ConnectorHost,
  DeadLetterCounts,
  DeclaredConnector,
  FoundConnector,
  KeptLetters,
  StoreCondition,
  TopicLag,
} from './ports.js';
import type { SinkEvent } from './sink-event.js';

export const running: ConnectorCondition = { running: true, tasks: 2 };
export const failed: Extract<ConnectorCondition, { running: false }> = {
  running: false,
  problem: 'failed',
  message: 'task 0 of 2 failed: no such user',
  running_tasks: 1,
  tasks: 2,
};
export const declared: readonly DeclaredConnector[] = [
  { name: 'sink', config: { topics: 'records', port: '8123' } },
  { name: 'retry', config: { topics: 'records.retry' } },
];

export const noLetters: DeadLetterCounts = { written: 0, kept: 0, ranges: [] };
/** Letters of a topic of one partition: as many as were written, or the last of them. */
export const letters = (written: number, kept = written): DeadLetterCounts => ({
  written,
  kept,
  ranges: [{ partition: 0, from: BigInt(written - kept), to: BigInt(written), since: '2026-11-20T22:00:00.000Z' }],
});

export const away = (dependency: string) =>
  new WeirError('dependency_unavailable', `${dependency} cannot be used: ECONNREFUSED.`, { retryable: true });

/** A host of connectors that does as it is told, and remembers what was asked of it. */
export class FakeHost implements ConnectorHost {
  readonly asked: string[] = [];
  connectors = new Map<string, FoundConnector>();
  /** What the next questions fail of. */
  failure: { found?: WeirError; configure?: WeirError; restart?: WeirError } = {};

  async found(): Promise<readonly FoundConnector[]> {
    if (this.failure.found) throw this.failure.found;
    return [...this.connectors.values()];
  }

  async configure(connector: DeclaredConnector): Promise<void> {
    this.asked.push(`configure ${connector.name}`);
    if (this.failure.configure) throw this.failure.configure;
    this.connectors.set(connector.name, { ...connector, condition: running });
  }

  async restartFailed(name: string): Promise<void> {
    this.asked.push(`restart ${name}`);
    if (this.failure.restart) throw this.failure.restart;
  }

  /** Registers what is declared, each in a condition. */
  has(condition: ConnectorCondition, ...names: string[]): void {
    for (const each of declared) {
      if (names.length === 0 || names.includes(each.name)) this.connectors.set(each.name, { ...each, condition });
    }
  }
}

/** A sink of which everything can be said, and a clock. */
export class FakeSink {
  readonly host = new FakeHost();
  readonly told: SinkEvent[] = [];
  /** Milliseconds. */
  time = 1_000_000;
  store: StoreCondition = { problem: null, free_bytes: 1e12 };
  lag: readonly TopicLag[] = [{ topic: 'records', records: 0, position: 10 }];
  letters: DeadLetterCounts = noLetters;
  /** Answers how many were replayed. */
  replayed: (kept: readonly KeptLetters[]) => Promise<number> = async () => 0;
  kafka: WeirError | null = null;

  readonly now = () => this.time;
  readonly tell = (event: SinkEvent) => void this.told.push(event);
  readonly events = () => this.told.map(({ event }) => event);

  readonly parts = {
    connectors: this.host,
    store: { look: async () => this.store },
    topics: {
      lag: async () => this.answer(this.lag),
      deadLetters: async () => this.answer(this.letters),
    },
    replays: { replayedOf: (kept: readonly KeptLetters[]) => this.replayed(kept) },
  };

  private answer<T>(value: T): T {
    if (this.kafka) throw this.kafka;
    return value;
  }
}
