import type { DeadLetterCounts, SinkTopics, TopicLag } from '@weir/operations';
import type { Admin, Kafka } from 'kafkajs';
import { withAdmin } from './client/admin.js';

export interface SinkTopicsSettings {
  /** What each connector reads; its consumer group is called `connect-<connector>`. */
  readonly readers: readonly { readonly topic: string; readonly connector: string }[];
  /** Topic of what was refused for good. */
  readonly deadLetters: string;
  /** How many of the letters that are kept were replayed; null where that cannot be told. @param oldest offset by partition. */
  readonly replayed: (oldest: ReadonlyMap<number, bigint>) => Promise<number | null>;
}

/** Milliseconds for a question. */
const patience = 8_000;

/** The topics of the sink, seen from outside: how far its connectors are, and how many letters there are. */
export class KafkaSinkTopics implements SinkTopics {
  constructor(
    private readonly kafka: Kafka,
    private readonly settings: SinkTopicsSettings,
  ) {}

  async lag(): Promise<readonly TopicLag[]> {
    const { readers } = this.settings;
    const ask = async (admin: Admin) => {
      const lags: TopicLag[] = [];
      for (const reader of readers) lags.push(await lagOf(admin, reader));
      return lags;
    };
    return withAdmin(this.kafka, ask, patience);
  }

  async deadLetters(): Promise<DeadLetterCounts> {
    const { deadLetters, replayed } = this.settings;
    const partitions = await withAdmin(this.kafka, (admin) => admin.fetchTopicOffsets(deadLetters), patience);
    const written = sum(partitions.map(({ high }) => Number(high)));
    const kept = sum(partitions.map(({ low, high }) => Number(high) - Number(low)));
    const oldest = new Map(partitions.map(({ partition, low }) => [partition, BigInt(low)]));
    const again = kept === 0 ? 0 : await replayed(oldest);
    return { written, kept, not_replayed: again === null ? null : Math.max(0, kept - again) };
  }
}

async function lagOf(admin: Admin, { topic, connector }: SinkTopicsSettings['readers'][number]): Promise<TopicLag> {
  // One after the other, here and above: what is still being asked when another question fails would go on asking.
  const ends = await admin.fetchTopicOffsets(topic);
  const [taken] = await admin.fetchOffsets({ groupId: `connect-${connector}`, topics: [topic] });
  const offsets = new Map(taken?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
  const at = ends.map(({ partition, low, high }) => {
    // What expired before it was taken is not waited for; -1 is a group that has not begun.
    const position = Math.max(Number(low), offsets.get(partition) ?? -1);
    return { position, records: Math.max(0, Number(high) - position) };
  });
  return { topic, records: sum(at.map(({ records }) => records)), position: sum(at.map(({ position }) => position)) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
