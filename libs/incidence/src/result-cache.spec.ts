import { ResultCache, type EncodedPage } from './result-cache.js';

const megabyte = 1024 * 1024;
const page = (bytes: number): EncodedPage => ({ body: new Uint8Array(bytes), nextCursor: null });

describe('kept pages', () => {
  it('are made once, and given again with their cursor', async () => {
    const cache = new ResultCache(megabyte);
    let made = 0;
    const make = async () => ({ body: Buffer.from(`page ${++made}`), nextCursor: 'next' });
    const [first, second] = [await cache.page('a', make), await cache.page('a', make)];
    expect(second).toBe(first);
    expect(second).toEqual({ body: Buffer.from('page 1'), nextCursor: 'next' });
    expect(cache.statistics).toMatchObject({ hits: 1, misses: 1 });
  });

  it('are made once for all who ask at the same time', async () => {
    const cache = new ResultCache(megabyte);
    let made = 0;
    let finish = (_: EncodedPage) => undefined as void;
    const make = () => {
      made += 1;
      return new Promise<EncodedPage>((resolve) => (finish = resolve));
    };
    const asked = [cache.page('a', make), cache.page('a', make), cache.page('a', make)];
    const result = page(1);
    finish(result);
    expect(await Promise.all(asked)).toEqual([result, result, result]);
    expect(made).toBe(1);
    expect(cache.statistics).toMatchObject({ hits: 2, misses: 1 });
  });

  it('do not include failures', async () => {
    const cache = new ResultCache(megabyte);
    const failing = () => Promise.reject(new Error('down'));
    const asked = [cache.page('a', failing), cache.page('a', failing)];
    expect((await Promise.allSettled(asked)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await cache.page('a', async () => page(3))).toEqual(page(3));
  });

  it('take no more bytes than allowed, and those not used for longest go first', async () => {
    const cache = new ResultCache(megabyte);
    const tenth = megabyte / 10;
    const made: string[] = [];
    const ask = (name: string) =>
      cache.page(name, async () => {
        made.push(name);
        return page(tenth);
      });
    for (let number = 0; number < 100; number += 1) {
      await ask(`page ${number}`);
      await ask('page 0');
      expect(cache.statistics.bytes).toBeLessThanOrEqual(megabyte);
    }
    expect(cache.statistics.bytes).toBeGreaterThan(megabyte / 2);
    expect(made.filter((name) => name === 'page 0')).toHaveLength(1);
    await ask('page 1');
    expect(made.filter((name) => name === 'page 1')).toHaveLength(2);
  });

  it('leave out one that would send away many others', async () => {
    const cache = new ResultCache(megabyte);
    await cache.page('small', async () => page(1000));
    await cache.page('huge', async () => page(megabyte / 4));
    const { bytes } = cache.statistics;
    expect(bytes).toBeLessThan(3000);
    await cache.page('huge', async () => page(megabyte / 4));
    expect(cache.statistics).toMatchObject({ misses: 3, bytes });
  });
});
