import { randomUUID } from 'node:crypto';
import type { Consumer, Kafka, KafkaMessage } from 'kafkajs';
import { withAdmin } from '../client/admin.js';
import { kafkaFailure, unreachable } from '../client/kafka-failure.js';

/** Offsets of one partition: from the first to before the last. */
export interface Range {
  readonly partition: number;
  readonly from: bigint;
  readonly to: bigint;
}

/** Milliseconds without progress after which the broker counts as unreachable. */
const PATIENCE_MS = 15_000;

/**
 * Reads ranges of a topic, one after the other, each in the order of its offsets, until all are read or `take` says that
 * it has enough. Offsets that hold no message, because retention removed them or they are markers of transactions, are
 * passed over; what is appended meanwhile is not waited for. So it ends: with the last range, or with
 * `dependency_unavailable` when nothing has come for some seconds.
 * @param take returns false when it needs no more.
 */
export async function readTopic(
  kafka: Kafka,
  topic: string,
  ranges: readonly Range[],
  take: (partition: number, message: KafkaMessage) => boolean,
): Promise<void> {
  let enough = false;
  for (const range of ranges) {
    if (enough || range.from >= range.to) continue;
    await readRange(kafka, topic, range, (message) => {
      enough = !take(range.partition, message);
      return !enough;
    });
  }
}

/** kafkajs reads in consumer groups only, so that there is a group for as long as this takes; it commits nothing. */
async function readRange(
  kafka: Kafka,
  topic: string,
  range: Range,
  take: (message: KafkaMessage) => boolean,
): Promise<void> {
  const groupId = `weir-reader-${randomUUID()}`;
  const consumer = kafka.consumer({
    groupId,
    readUncommitted: true,
    allowAutoTopicCreation: false,
    maxWaitTimeInMs: 100,
    sessionTimeout: 10_000,
    heartbeatInterval: 1_000,
    retry: { retries: 2, restartOnFailure: async () => false },
  });
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Reading(consumer, topic, range, take).finished();
  } catch (error) {
    throw kafkaFailure(error);
  } finally {
    // Not waited for: a group without members goes by itself, after a while.
    void consumer
      .disconnect()
      .then(() => withAdmin(kafka, (admin) => admin.deleteGroups([groupId])))
      .catch(() => undefined);
  }
}

class Reading {
  /** The next offset. Whatever comes from before it was seen: reading begins anywhere, and is then moved to the range. */
  private position: bigint;
  private end: { readonly resolve: () => void; readonly reject: (error: unknown) => void } | null = null;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly consumer: Consumer,
    private readonly topic: string,
    private readonly range: Range,
    private readonly take: (message: KafkaMessage) => boolean,
  ) {
    this.position = range.from;
  }

  async finished(): Promise<void> {
    const { consumer } = this;
    const ended = new Promise<void>((resolve, reject) => (this.end = { resolve, reject }));
    consumer.on(consumer.events.CRASH, ({ payload }) => this.end?.reject(payload.error));
    // Also told of what holds nothing but markers, and so never becomes a batch.
    consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) =>
      this.passed(payload.partition, BigInt(payload.lastOffset)),
    );
    this.keepPatience();
    try {
      await Promise.all([ended, this.start()]);
    } finally {
      clearTimeout(this.timer);
      this.end = null;
    }
  }

  private async start(): Promise<void> {
    const { consumer, topic, range } = this;
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        if (batch.partition === range.partition) for (const message of batch.messages) this.see(message);
      },
    });
    consumer.seek({ topic, partition: range.partition, offset: String(range.from) });
  }

  private see(message: KafkaMessage): void {
    const offset = BigInt(message.offset);
    if (!this.end || offset < this.position || offset >= this.range.to) return;
    this.position = offset + 1n;
    if (!this.take(message)) this.done();
  }

  /** The partition was read up to an offset. */
  private passed(partition: number, offset: bigint): void {
    if (!this.end || partition !== this.range.partition || offset < this.position - 1n) return;
    this.keepPatience();
    this.position = offset + 1n;
    if (this.position >= this.range.to) this.done();
  }

  private done(): void {
    this.end?.resolve();
    this.end = null;
  }

  private keepPatience(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(
      () => this.end?.reject(unreachable(new Error(`nothing came of topic ${this.topic}`))),
      PATIENCE_MS,
    );
  }
}
