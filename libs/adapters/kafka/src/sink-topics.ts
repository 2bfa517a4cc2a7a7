import type { DeadLetterCounts, KeptLetters, SinkTopics, TopicLag } from '@weir/operations';
import type { Admin, Kafka } from 'kafkajs';
import { withAdmin } from './client/admin.js';
import { OldestTime } from './dead-letters/oldest-time.js';

export interface SinkTopicsSettings {
  /** What each connector reads; its consumer group is called `connect-<connector>`. */
  readonly readers: readonly { readonly topic: string; readonly connector: string }[];
  /** Topic of what was refused for good. */
  readonly deadLetters: string;
}

/** Milliseconds for a question. */
const patience = 8_000;

/** The topics of the sink, seen from outside: how far its connectors are, and how many letters there are. */
export class KafkaSinkTopics implements SinkTopics {
  private readonly oldest = new OldestTime();

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
    const { deadLetters } = this.settings;
    const ask = async (admin: Admin) => {
      const partitions = await admin.fetchTopicOffsets(deadLetters);
      const ranges: KeptLetters[] = [];
      for (const { partition, low, high } of partitions) {
        const [from, to] = [BigInt(low), BigInt(high)];
        if (from < to) ranges.push({ partition, from, to, since: await this.since(admin, partition, from) });
      }
      return { written: sum(partitions.map(({ high }) => Number(high))), ranges };
    };
    const { written, ranges } = await withAdmin(this.kafka, ask, patience);
    return { written, kept: sum(ranges.map(({ from, to }) => Number(to - from))), ranges };
  }

  private async since(admin: Admin, partition: number, oldest: bigint): Promise<string> {
    const seconds = await this.oldest.of(partition, async (time) => {
      const firsts = await admin.fetchTopicOffsetsByTimestamp(this.settings.deadLetters, time);
      return firsts.some((first) => first.partition === partition && BigInt(first.offset) > oldest);
    });
    return new Date(seconds * 1000).toISOString();
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
