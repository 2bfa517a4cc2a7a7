/** A topic as it is to be. */
export interface TopicDeclaration {
  readonly topic: string;
  readonly partitions: number;
  readonly replication: number;
  /** Settings that differ from what a broker may have as its default, or must not depend on it. */
  readonly config: { readonly [name: string]: string };
}

export const INCIDENCE_TOPIC = 'incidence';
export const RETRY_TOPIC = 'incidence.retry';
export const DEAD_LETTER_TOPIC = 'incidence.dlq';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The topics of the stream. Why these numbers:
 *
 * - `incidence` has as many partitions as its sink may have tasks, and a few more. It is kept for seven days: as long as a
 *   sink may be away, over a weekend and a holiday, without losing what it has not read. It is deleted by age, never
 *   compacted: compaction would keep the last record of a series and erase its history.
 * - `incidence.retry` has one partition. What is in it is read one record at a time, and is rare; it is kept as long.
 * - `incidence.dlq` has one partition, so that letters have an order and ids that people can read. It is kept for ninety
 *   days, because somebody has to see a letter, mend the sink, and replay it. Its times are those of the broker, which rise
 *   with the offsets: what was refused since a time is found without reading what was refused before.
 *
 * A record may have 1 MiB, compressed; ours have 300 bytes. With three replicas or more, two have to have a record before
 * it counts as acknowledged: then one broker may be away, and another be lost.
 */
export function declaredTopics(size: {
  readonly partitions: number;
  readonly replication: number;
}): readonly TopicDeclaration[] {
  const { partitions, replication } = size;
  const config = {
    'cleanup.policy': 'delete',
    'compression.type': 'producer',
    'max.message.bytes': String(1024 * 1024),
    'min.insync.replicas': String(replication >= 3 ? 2 : 1),
    'retention.bytes': '-1',
    'retention.ms': String(7 * DAY_MS),
  };
  return [
    { topic: INCIDENCE_TOPIC, partitions, replication, config },
    { topic: RETRY_TOPIC, partitions: 1, replication, config },
    {
      topic: DEAD_LETTER_TOPIC,
      partitions: 1,
      replication,
      config: { ...config, 'retention.ms': String(90 * DAY_MS), 'message.timestamp.type': 'LogAppendTime' },
    },
  ];
}
