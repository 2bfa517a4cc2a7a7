import type { Kafka, KafkaMessage, Message } from 'kafkajs';
import {
  WeirError,
  type DeadLetter,
  type DeadLetterPage,
  type DeadLetterQueue,
  type RefusedRows,
} from '@weir/pipeline';
import { withAdmin } from '../client/admin.js';
import { IdempotentProducer } from '../producer/idempotent-producer.js';
import { letterId, readLetter, readLetterId, type LetterPlace } from './read-letter.js';
import { readTopic, type Range } from './read-topic.js';
import { RefusedRowsCount } from './refused-rows.js';

export interface KafkaDeadLetterQueueSettings {
  readonly kafka: Kafka;
  /** Where letters are. */
  readonly topic: string;
  /** Where a replayed record goes. */
  readonly replayTo: string;
  /** When those of these letters that were replayed were last: ISO 8601, UTC, by id. */
  readonly replayed: (letterIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

/** Header of a record that is sent once more: the id of its letter. */
export const REPLAY_HEADER = 'weir.replay_of';

/** Bytes of values on a page, and of a send: a letter may have a megabyte, and a page a thousand letters. */
const PAGE_BYTES = 4 * 1024 * 1024;

/** Clocks of brokers, workers and databases may differ by that, in milliseconds. */
const SKEW_MS = 60_000;

/** How many revisions are kept in mind; a run asks again and again while it waits. */
const REMEMBERED = 16;

/** The topic of dead letters as a queue that can be looked through. Nothing is ever taken out of it, but by its age. */
export class KafkaDeadLetterQueue implements DeadLetterQueue {
  private readonly producer: IdempotentProducer;
  /** By dataset, revision and time: what has been counted so far. */
  private readonly counts = new Map<string, RefusedRowsCount>();

  constructor(private readonly settings: KafkaDeadLetterQueueSettings) {
    this.producer = new IdempotentProducer({ kafka: settings.kafka, deadlineMs: 20_000 });
  }

  async page(from: string | null, limit: number): Promise<DeadLetterPage> {
    const start = from === null ? { partition: 0, offset: 0n } : readLetterId(from);
    if (!start) throw new WeirError('not_found', `There is no dead letter ${from}: an id is <partition>-<offset>.`);
    const ranges = (await this.kept())
      .filter(({ partition }) => partition >= start.partition)
      .map((range) => (range.partition === start.partition ? behind(range, start.offset) : range));
    const letters: DeadLetter[] = [];
    let next: string | null = null;
    let bytes = 0;
    await this.read(ranges, (partition, message) => {
      if (letters.length >= limit || (letters.length > 0 && bytes + sizeOf(message) > PAGE_BYTES)) {
        next = letterId(partition, BigInt(message.offset));
        return false;
      }
      bytes += sizeOf(message);
      letters.push(readLetter(partition, message));
      return true;
    });
    return { letters, next };
  }

  async find(id: string): Promise<DeadLetter | null> {
    let letter: DeadLetter | null = null;
    await this.read(this.only(await this.kept(), readLetterId(id)), (partition, message) => {
      letter = readLetter(partition, message);
      return false;
    });
    return letter;
  }

  async count(): Promise<number> {
    return (await this.kept()).reduce((sum, { from, to }) => sum + Number(to - from), 0);
  }

  async refused(dataset: string, revision: number, since: string): Promise<RefusedRows> {
    return (await this.counted(dataset, revision, since)).total();
  }

  async waiting(dataset: string, revision: number, since: string): Promise<RefusedRows> {
    return (await this.counted(dataset, revision, since)).waiting(this.settings.replayed);
  }

  /** The bytes of key and value as they are in the topic; of the headers only which letter it was. */
  async republish(letters: readonly DeadLetter[]): Promise<void> {
    const kept = await this.kept();
    const wanted = new Map(letters.map(({ id }) => [id, this.only(kept, readLetterId(id))]));
    const gone = [...wanted].find(([, ranges]) => ranges.length === 0);
    if (gone) throw new WeirError('not_found', `The dead letter ${gone[0]} is no longer kept.`);
    const found: Message[] = [];
    await this.read(spanning([...wanted.values()].flat()), (partition, { key, value, offset }) => {
      const id = letterId(partition, BigInt(offset));
      if (wanted.delete(id)) found.push({ key, value, headers: { [REPLAY_HEADER]: id } });
      return wanted.size > 0;
    });
    for (const id of wanted.keys()) throw new WeirError('not_found', `The dead letter ${id} is no longer kept.`);
    for (const messages of portions(found)) await this.producer.send(this.settings.replayTo, messages);
  }

  async close(): Promise<void> {
    await this.producer.close();
  }

  /** What was refused of a revision, with what has come since it was asked for last. */
  private async counted(dataset: string, revision: number, since: string): Promise<RefusedRowsCount> {
    const name = JSON.stringify([dataset, revision, since]);
    const count = this.counts.get(name) ?? new RefusedRowsCount(dataset, revision);
    // The one that was asked for last is forgotten last.
    this.counts.delete(name);
    this.counts.set(name, count);
    for (const [oldest] of this.counts) if (this.counts.size > REMEMBERED) this.counts.delete(oldest);
    const ranges = (await this.sinceTime(Date.parse(since) - SKEW_MS)).map((range) => count.uncounted(range));
    await this.read(ranges, (partition, message) => {
      count.add(readLetter(partition, message), partition, BigInt(message.offset));
      return true;
    });
    for (const range of ranges) count.passed(range);
    return count;
  }

  private read(ranges: readonly Range[], take: (partition: number, message: KafkaMessage) => boolean): Promise<void> {
    return readTopic(this.settings.kafka, this.settings.topic, ranges, take);
  }

  /** From the oldest letter that is kept to the newest, by partition. */
  private async kept(): Promise<readonly Range[]> {
    const offsets = await withAdmin(this.settings.kafka, (admin) => admin.fetchTopicOffsets(this.settings.topic));
    return offsets
      .map(({ partition, low, high }) => ({ partition, from: BigInt(low), to: BigInt(high) }))
      .sort((a, b) => a.partition - b.partition);
  }

  /** As `kept`, without what came before a time. */
  private async sinceTime(time: number): Promise<readonly Range[]> {
    return withAdmin(this.settings.kafka, async (admin) => {
      const [since, all] = await Promise.all([
        admin.fetchTopicOffsetsByTimestamp(this.settings.topic, time),
        admin.fetchTopicOffsets(this.settings.topic),
      ]);
      return since.flatMap(({ partition, offset }) => {
        const high = all.find((one) => one.partition === partition)?.high;
        return high === undefined ? [] : [{ partition, from: BigInt(offset), to: BigInt(high) }];
      });
    });
  }

  /** The range of one letter; none where it is not kept. */
  private only(kept: readonly Range[], place: LetterPlace | null): readonly Range[] {
    if (!place) return [];
    const { partition, offset } = place;
    const there = kept.some((range) => range.partition === partition && range.from <= offset && offset < range.to);
    return there ? [{ partition, from: offset, to: offset + 1n }] : [];
  }
}

/** One range for each partition, from its first to its last. */
function spanning(ranges: readonly Range[]): readonly Range[] {
  const spans = new Map<number, Range>();
  for (const { partition, from, to } of ranges) {
    const span = spans.get(partition) ?? { partition, from, to };
    spans.set(partition, { partition, from: from < span.from ? from : span.from, to: to > span.to ? to : span.to });
  }
  return [...spans.values()].sort((a, b) => a.partition - b.partition);
}

function behind(range: Range, offset: bigint): Range {
  return { ...range, from: offset > range.from ? offset : range.from };
}

function sizeOf({ key, value }: { key?: Buffer | string | null; value: Buffer | string | null }): number {
  return (key?.length ?? 0) + (value?.length ?? 0);
}

/** What may travel together; a large message goes by itself. */
function portions(messages: readonly Message[]): readonly Message[][] {
  const sends: Message[][] = [];
  let bytes = Infinity;
  for (const message of messages) {
    const size = sizeOf(message);
    if (bytes + size > PAGE_BYTES / 8) {
      sends.push([]);
      bytes = 0;
    }
    sends.at(-1)?.push(message);
    bytes += size;
  }
  return sends;
}
