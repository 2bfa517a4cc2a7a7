import { begun } from './answer.js';

/** Chunks numbered from 1, with a note of how far it was read and whether it was ended. */
function source(count: number) {
  const seen = { read: 0, ended: false };
  async function* chunks() {
    try {
      while (seen.read < count) {
        seen.read += 1;
        yield Uint8Array.of(seen.read);
      }
    } finally {
      seen.ended = true;
    }
  }
  return { seen, chunks: chunks() };
}

describe('a stream of rows', () => {
  it('has its first chunk when it begins, and no more', async () => {
    const { seen, chunks } = source(3);
    await begun(chunks);
    expect(seen).toEqual({ read: 1, ended: false });
  });

  it.each([0, 1, 3])('gives all of %i chunks in order', async (count) => {
    const { seen, chunks } = source(count);
    const given: number[] = [];
    for await (const chunk of await begun(chunks)) given.push(...chunk);
    expect(given).toEqual([1, 2, 3].slice(0, count));
    expect(seen.ended).toBe(true);
  });

  it('ends its source when it is left, also before anything was read', async () => {
    const unread = source(3);
    await (await begun(unread.chunks)).return?.();
    expect(unread.seen).toEqual({ read: 1, ended: true });
    const left = source(3);
    for await (const _ of await begun(left.chunks)) break;
    expect(left.seen).toEqual({ read: 1, ended: true });
  });

  it('fails before it begins where the first chunk does', async () => {
    // eslint-disable-next-line require-yield
    const failing = async function* (): AsyncGenerator<Uint8Array> {
      throw new Error('down');
    };
    await expect(begun(failing())).rejects.toThrow('down');
  });
});
