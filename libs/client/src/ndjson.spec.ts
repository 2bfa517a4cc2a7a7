import fc from 'fast-check';
import { parseNdjson } from './ndjson.js';

async function read(stream: ReadableStream<Uint8Array>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const each of parseNdjson(stream)) all.push(each);
  return all;
}

describe('NDJSON', () => {
  it('is read whole wherever the network cuts it, characters of several bytes included', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ name: fc.string({ unit: 'grapheme' }), value: fc.option(fc.integer()) })),
        fc.integer({ min: 1, max: 7 }),
        async (rows, size) => {
          const bytes = new TextEncoder().encode(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
          let at = 0;
          const stream = new ReadableStream<Uint8Array>({
            pull(controller) {
              if (at >= bytes.length) controller.close();
              else controller.enqueue(bytes.slice(at, (at += size)));
            },
          });
          expect(await read(stream)).toEqual(JSON.parse(JSON.stringify(rows)));
        },
      ),
    );
  });

  it('passes on a transfer that broke off, and ends one that nobody reads on', async () => {
    const line = new TextEncoder().encode('{"a":1}\n');
    const broken = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(line),
      pull: (controller) => controller.error(new Error('connection lost')),
    });
    await expect(read(broken)).rejects.toThrow('connection lost');

    let ended = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(line),
      cancel: () => {
        ended = true;
      },
    });
    for await (const _row of parseNdjson(endless)) break;
    expect(ended).toBe(true);
  });
});
