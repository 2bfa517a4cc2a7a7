import type { Kafka } from 'kafkajs';
import { WeirError, type RecordChunk, type RecordStream } from '@weir/pipeline';
import { encodedMessages, type KeyedLines } from '../producer/encoded-messages.js';
import { IdempotentProducer, isStopping } from '../producer/idempotent-producer.js';
import { halves, splitRecords } from '../producer/split-records.js';

export interface KafkaRecordStreamSettings {
  readonly kafka: Kafka;
  readonly topic: string;
  /** Reads a chunk's records, a batch at a time: `jsonRecords` of `@weir/adapter-duckdb`. */
  readonly reader: { read(chunk: RecordChunk): AsyncIterable<readonly KeyedLines[]> };
  /** Records of a chunk. */
  readonly chunkRows: number;
  /** Bytes of JSON that are sent at a time, at most; they travel compressed, at about a tenth. */
  readonly maxBytes?: number;
  /** Milliseconds until what was not acknowledged counts as failed. */
  readonly deadlineMs?: number;
  /** Aborted when the process is to stop. */
  readonly stopping?: AbortSignal;
}

/** A chunk until the broker has all of it, or its run was told that it failed. */
interface Queued {
  readonly chunk: RecordChunk;
  read: boolean;
  /** Batches that were read and are not acknowledged yet. */
  unsent: number;
}

interface Batch {
  readonly of: Queued;
  readonly records: readonly KeyedLines[];
}

/**
 * The stream of the stack: chunks become records of a topic, keyed by series. One batch is on its way at a time, and one
 * more is read meanwhile; so two batches are in memory, whatever is queued. While the queue is full, `publish` waits.
 *
 * Once the broker fails of a chunk, the failure goes to the run that published it, what is queued of that run is dropped,
 * and the next chunk goes out through a new client; other runs notice nothing, but that it took time.
 */
export class KafkaRecordStream implements RecordStream {
  readonly pace: { readonly chunkRows: number; readonly chunks: number };
  private readonly producer: IdempotentProducer;
  private queue: readonly Queued[] = [];
  private draining: Promise<void> | null = null;
  /** By run, until the run is told. */
  private readonly failures = new Map<string, unknown>();
  private readonly waiting: (() => void)[] = [];
  private readonly stopped = () => this.wake();

  constructor(private readonly settings: KafkaRecordStreamSettings) {
    this.pace = { chunkRows: settings.chunkRows, chunks: 4 };
    this.producer = new IdempotentProducer({
      kafka: settings.kafka,
      deadlineMs: settings.deadlineMs ?? 20_000,
      ...(settings.stopping ? { stopping: settings.stopping } : {}),
    });
    settings.stopping?.addEventListener('abort', this.stopped);
  }

  async publish(chunk: RecordChunk): Promise<void> {
    const { run_id } = chunk;
    await this.until(() => this.queue.length < this.pace.chunks || this.failures.has(run_id));
    this.throwFailureOf(run_id);
    this.queue = [...this.queue, { chunk, read: false, unsent: 0 }];
    this.draining ??= this.drain();
  }

  async flush(runId: string): Promise<void> {
    await this.until(() => !this.queue.some(({ chunk }) => chunk.run_id === runId));
    this.throwFailureOf(runId);
  }

  /** Ends what is on its way, and lets go of the connection. */
  async close(): Promise<void> {
    await this.draining;
    this.settings.stopping?.removeEventListener('abort', this.stopped);
    await this.producer.close();
  }

  private async drain(): Promise<void> {
    while (this.unread()) {
      const batches = this.batches();
      let next = batches.next();
      for (let batch = await next; !batch.done; batch = await next) {
        next = batches.next();
        await this.deliver(batch.value);
      }
    }
    this.draining = null;
  }

  /** What is to be sent, chunk by chunk; ends when nothing is queued. Never fails: a chunk does. */
  private async *batches(): AsyncGenerator<Batch, void> {
    for (let queued = this.unread(); queued; queued = this.unread()) {
      try {
        for await (const records of this.settings.reader.read(queued.chunk)) {
          if (!this.queue.includes(queued)) break;
          queued.unsent += 1;
          yield { of: queued, records };
        }
      } catch (error) {
        this.fail(queued, error);
      }
      queued.read = true;
      this.settle(queued);
    }
  }

  private async deliver({ of, records }: Batch): Promise<void> {
    try {
      for (const portion of splitRecords(records, this.settings.maxBytes ?? 4_000_000)) {
        if (this.queue.includes(of)) await this.send(portion);
      }
    } catch (error) {
      this.fail(of, error);
    }
    of.unsent -= 1;
    this.settle(of);
  }

  /** The broker's limit is of compressed bytes, so that only the broker can tell what is too much: then half is sent. */
  private async send(records: readonly KeyedLines[]): Promise<void> {
    try {
      await this.producer.send(this.settings.topic, encodedMessages(records));
    } catch (error) {
      const smaller = error instanceof WeirError && error.code === 'record_too_large' ? halves(records) : null;
      if (smaller === null) throw error;
      for (const portion of smaller) await this.send(portion);
    }
  }

  private unread(): Queued | undefined {
    return this.queue.find(({ read }) => !read);
  }

  /** Takes a chunk from the queue when it is done with. */
  private settle(queued: Queued): void {
    if (!queued.read || queued.unsent > 0) return;
    this.queue = this.queue.filter((one) => one !== queued);
    this.wake();
  }

  private fail(queued: Queued, error: unknown): void {
    // Its run knows already, and may have begun anew.
    if (!this.queue.includes(queued)) return;
    const { run_id } = queued.chunk;
    this.failures.set(run_id, this.settings.stopping?.aborted ? isStopping() : error);
    this.queue = this.queue.filter(({ chunk }) => chunk.run_id !== run_id);
    this.wake();
  }

  private async until(condition: () => boolean): Promise<void> {
    const { stopping } = this.settings;
    while (!condition()) {
      if (stopping?.aborted) throw isStopping();
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  private wake(): void {
    for (const resume of this.waiting.splice(0)) resume();
  }

  private throwFailureOf(runId: string): void {
    if (!this.failures.has(runId)) return;
    const failure = this.failures.get(runId);
    this.failures.delete(runId);
    throw failure;
  }
}
