import type { RecordChunk, RecordStream } from '@weir/pipeline';

/**
 * The embedded stream: a bounded queue of chunks between publisher and sink. While it is full, `publish` waits. Once the
 * sink fails, the failure goes to the publisher, what is queued is dropped, and the stream is ready for the retry:
 * publishing a chunk again is harmless.
 */
export class InProcessStream implements RecordStream {
  private readonly queue: RecordChunk[] = [];
  private draining: Promise<void> | null = null;
  private failure: Error | null = null;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly sink: (chunk: RecordChunk) => Promise<void>,
    private readonly capacity: number,
  ) {}

  async publish(chunk: RecordChunk): Promise<void> {
    while (this.queue.length >= this.capacity && this.failure === null) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    this.throwFailure();
    this.queue.push(chunk);
    this.draining ??= this.drain();
  }

  async flush(): Promise<void> {
    await this.draining;
    this.throwFailure();
  }

  private async drain(): Promise<void> {
    try {
      for (let chunk = this.queue[0]; chunk; chunk = this.queue[0]) {
        await this.sink(chunk);
        this.queue.shift();
        this.wake();
      }
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error('the sink failed', { cause: error });
      this.queue.length = 0;
    } finally {
      this.draining = null;
      this.wake();
    }
  }

  private wake(): void {
    for (const resume of this.waiting.splice(0)) resume();
  }

  private throwFailure(): void {
    if (this.failure === null) return;
    const failure = this.failure;
    this.failure = null;
    throw failure;
  }
}
