import type { RecordChunk } from '@weir/pipeline';
import { InProcessStream } from './in-process-stream.js';

const chunk = (from: number, run_id = 'run-1'): RecordChunk => ({
  file: '/changes.parquet',
  from,
  to: from + 1,
  dataset: 'covid',
  run_id,
  revision: 1,
});

/** A sink that takes a chunk when it is told to, or fails of it. */
class SlowSink {
  readonly taken: number[] = [];
  private readonly waiting: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];

  readonly take = async ({ from }: RecordChunk): Promise<void> => {
    await new Promise<void>((resolve, reject) => this.waiting.push({ resolve, reject }));
    this.taken.push(from);
  };

  async finish(): Promise<void> {
    this.waiting.shift()?.resolve();
    await settle();
  }

  async fail(message: string): Promise<void> {
    this.waiting.shift()?.reject(new Error(message));
    await settle();
  }
}

/** Lets every promise that can go on do so. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

function watched(promise: Promise<void>): { state: 'waiting' | 'done' | Error } {
  const seen: { state: 'waiting' | 'done' | Error } = { state: 'waiting' };
  promise.then(
    () => (seen.state = 'done'),
    (error: Error) => (seen.state = error),
  );
  return seen;
}

let sink: SlowSink;
let stream: InProcessStream;
beforeEach(() => {
  sink = new SlowSink();
  stream = new InProcessStream(sink.take, 2);
});

it('hands chunks to the sink one at a time, in their order', async () => {
  const seen: string[] = [];
  const plain = new InProcessStream(async ({ from }) => {
    seen.push(`begin ${from}`);
    await settle();
    seen.push(`end ${from}`);
  }, 10);
  for (const from of [1, 2, 3]) await plain.publish(chunk(from));
  await plain.flush('run-1');
  expect(seen).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2', 'begin 3', 'end 3']);
});

it('lets the publisher wait while it is full, and go on when the sink has taken one', async () => {
  await stream.publish(chunk(1));
  await stream.publish(chunk(2));
  const third = watched(stream.publish(chunk(3)));
  await settle();
  expect(third.state).toBe('waiting');
  await sink.finish();
  expect(third.state).toBe('done');
  expect(sink.taken).toEqual([1]);
});

it('never holds more than it may, with many publishers at once', async () => {
  const published = [1, 2, 3, 4, 5].map((from) => watched(stream.publish(chunk(from))));
  await settle();
  const through = () => published.filter(({ state }) => state === 'done').length;
  expect(through()).toBe(2);
  await sink.finish();
  expect(through()).toBe(3);
  for (let left = 0; left < 4; left += 1) await sink.finish();
  expect(through()).toBe(5);
  expect(sink.taken).toEqual([1, 2, 3, 4, 5]);
});

it('is flushed when the sink has taken everything', async () => {
  await stream.publish(chunk(1));
  await stream.publish(chunk(2));
  const flushed = watched(stream.flush('run-1'));
  await sink.finish();
  expect(flushed.state).toBe('waiting');
  await sink.finish();
  expect(flushed.state).toBe('done');
});

it('is flushed for a run that has all its chunks taken while another still publishes', async () => {
  await stream.publish(chunk(1));
  await stream.publish(chunk(2, 'run-2'));
  const flushed = watched(stream.flush('run-1'));
  await sink.finish();
  expect(flushed.state).toBe('done');
  expect(sink.taken).toEqual([1]);
});

it('is flushed at once where nothing was published', async () => {
  await stream.flush('run-1');
  expect(sink.taken).toEqual([]);
});

describe('when the sink fails', () => {
  it('tells whoever flushes', async () => {
    await stream.publish(chunk(1));
    const flushed = watched(stream.flush('run-1'));
    await sink.fail('disk full');
    expect(flushed.state).toMatchObject({ message: 'disk full' });
  });

  it('tells a publisher that waits for room', async () => {
    await stream.publish(chunk(1));
    await stream.publish(chunk(2));
    const third = watched(stream.publish(chunk(3)));
    await sink.fail('disk full');
    expect(third.state).toMatchObject({ message: 'disk full' });
  });

  it('tells the next publisher where nobody waited', async () => {
    await stream.publish(chunk(1));
    await sink.fail('disk full');
    await expect(stream.publish(chunk(2))).rejects.toThrow('disk full');
  });

  it('drops what was queued, and works again for the retry', async () => {
    await stream.publish(chunk(1));
    await stream.publish(chunk(2));
    const flushed = watched(stream.flush('run-1'));
    await sink.fail('disk full');
    expect(flushed.state).toBeInstanceOf(Error);
    await stream.publish(chunk(1));
    await stream.publish(chunk(2));
    const again = watched(stream.flush('run-1'));
    await sink.finish();
    await sink.finish();
    expect(again.state).toBe('done');
    expect(sink.taken).toEqual([1, 2]);
  });
  it('leaves the chunks of other runs alone, and tells them nothing', async () => {
    await stream.publish(chunk(1));
    await stream.publish(chunk(2, 'run-2'));
    const [first, second] = [watched(stream.flush('run-1')), watched(stream.flush('run-2'))];
    await sink.fail('disk full');
    expect(first.state).toMatchObject({ message: 'disk full' });
    expect(second.state).toBe('waiting');
    await sink.finish();
    expect(second.state).toBe('done');
    expect(sink.taken).toEqual([2]);
    await stream.flush('run-1');
  });
});
