import type { RecordChunk, RecordStream } from '@weir/pipeline';

/**
 * The embedded stream: a bounded queue of chunks between publishers and sink. While it is full, `publish` waits. Once the
 * sink fails of a chunk, the failure goes to the run that published it and what is queued of that run is dropped; the
 * stream is ready for the retry at once, and other runs notice nothing.
 */
export class InProcessStream implements RecordStream {
  /** Two row groups of the changes' Parquet file at a time: a range is read without the others, by two threads. */
  readonly pace = { chunkRows: 2 * 122_880, chunks: 2 };
  private queue: readonly RecordChunk[] = [];
  private draining = false;
  /** By run, until the run is told. */
  private readonly failures = new Map<string, unknown>();
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly sink: (chunk: RecordChunk) => Promise<void>,
    private readonly capacity: number,
  ) {}

  async publish(chunk: RecordChunk): Promise<void> {
    while (this.queue.length >= this.capacity && !this.failures.has(chunk.run_id)) await this.change();
    this.throwFailureOf(chunk.run_id);
    this.queue = [...this.queue, chunk];
    if (!this.draining) void this.drain();
  }

  async flush(runId: string): Promise<void> {
    while (this.queue.some(({ run_id }) => run_id === runId)) await this.change();
    this.throwFailureOf(runId);
  }

  /** Hands one chunk after the other to the sink; a chunk counts as queued until the sink has it. */
  private async drain(): Promise<void> {
    this.draining = true;
    for (let chunk = this.queue[0]; chunk; chunk = this.queue[0]) {
      try {
        await this.sink(chunk);
        this.queue = this.queue.slice(1);
      } catch (error) {
        const { run_id } = chunk;
        this.failures.set(run_id, error);
        this.queue = this.queue.filter((queued) => queued.run_id !== run_id);
      }
      for (const resume of this.waiting.splice(0)) resume();
    }
    this.draining = false;
  }

  private change(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private throwFailureOf(runId: string): void {
    if (!this.failures.has(runId)) return;
    const failure = this.failures.get(runId);
    this.failures.delete(runId);
    throw failure;
  }
}
