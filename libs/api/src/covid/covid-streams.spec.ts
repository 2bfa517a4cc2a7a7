import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { MemoryIncidenceRepository } from '@weir/adapter-memory';
import { WeirError } from '@weir/pipeline';
import { apiUnderTest, type ApiUnderTest } from '../../test/api-under-test.js';
import { opened, received, underWay } from '../../test/received.js';

jest.setTimeout(60_000);

const chunk = randomBytes(64 * 1024);

/** Gives so many chunks that do not compress, one a turn of the event loop, then what `atTheEnd` does. */
class ScriptedRepository extends MemoryIncidenceRepository {
  chunks = Infinity;
  atTheEnd = () => undefined as void;
  beforeTheFirst: Promise<void> | null = null;
  given = 0;
  begun = 0;
  readonly ended: Promise<void>;
  private end = () => undefined as void;

  constructor() {
    super();
    this.ended = new Promise((resolve) => (this.end = resolve));
  }

  override async *export(): AsyncIterable<Uint8Array> {
    this.begun += 1;
    try {
      await this.beforeTheFirst;
      for (; this.given < this.chunks; await turn()) {
        this.given += 1;
        yield chunk;
      }
      this.atTheEnd();
    } finally {
      this.end();
    }
  }
}

describe('streams of figures', () => {
  let repository: ScriptedRepository;
  let api: ApiUnderTest;
  let headers: { [name: string]: string };

  beforeEach(async () => {
    repository = new ScriptedRepository();
    api = await apiUnderTest({ incidence: repository });
    headers = { 'x-key': await api.register() };
  });
  afterEach(() => api.close());

  const path = '/covid/incidence?format=csv';
  const lineOf = async (event: string) => {
    // The line of a request is written when its connection is gone.
    for (;;) {
      const found = api.log.find((entry) => entry.event === event && entry['path'] !== '/users');
      if (found !== undefined) return found;
      await turn();
    }
  };

  describe.each(['identity', 'gzip'])('in %s', (encoding) => {
    beforeEach(() => {
      headers['accept-encoding'] = encoding;
    });

    it('are read no faster than their reader takes them', async () => {
      const answer = await opened(api.app, path, headers);
      answer.pause();
      const [turns, most] = [1500, 24 * 1024 * 1024];
      for (let passed = 0; passed < turns; passed += 1) await turn();
      expect(turns * chunk.length).toBeGreaterThan(3 * most);
      expect(repository.given * chunk.length).toBeLessThan(most);
      // And go on when it reads again: more than all that was under way.
      let bytes = 0;
      const enough = new Promise<void>((resolve) => {
        answer.on('data', (part: Buffer) => {
          bytes += part.length;
          if (bytes > most) resolve();
        });
      });
      answer.resume();
      await enough;
      answer.destroy();
      await repository.ended;
    });

    it('end when their reader goes away, which is no error', async () => {
      const answer = await opened(api.app, path, headers);
      await once(answer, 'data');
      answer.destroy();
      await repository.ended;
      expect(await lineOf('request')).toMatchObject({ status: 200, aborted: true });
      expect(api.log.filter(({ level }) => level === 'error')).toEqual([]);
    });

    it('break off where reading fails, so that half is not taken for all, and the log tells why', async () => {
      repository.chunks = 3;
      repository.atTheEnd = () => {
        throw new WeirError('dependency_unavailable', 'ClickHouse went away', { retryable: true });
      };
      const answer = await received(api.app, path, headers);
      expect(answer).toMatchObject({ status: 200, complete: false });
      expect(await lineOf('dependency_unavailable')).toMatchObject({
        level: 'error',
        error: expect.stringContaining('ClickHouse went away'),
      });
    });

    it('are an ordinary problem where reading fails at once', async () => {
      repository.chunks = 0;
      repository.atTheEnd = () => {
        throw new WeirError('dependency_unavailable', 'ClickHouse went away', { retryable: true });
      };
      const answer = await received(api.app, path, headers);
      expect(answer).toMatchObject({
        status: 503,
        complete: true,
        headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', 'retry-after': '5' },
      });
      expect(answer.headers.etag).toBeUndefined();
      expect(answer.headers['content-disposition']).toBeUndefined();
    });

    it('come whole', async () => {
      repository.chunks = 40;
      headers['accept-encoding'] = 'identity';
      const { body, complete } = await received(api.app, path, headers);
      expect(complete).toBe(true);
      expect(body.equals(Buffer.concat(Array.from({ length: 40 }, () => chunk)))).toBe(true);
    });
  });

  it('end when their reader went away before the first rows were there', async () => {
    let release = () => undefined as void;
    repository.beforeTheFirst = new Promise((resolve) => (release = resolve));
    const request = underWay(api.app, path, headers);
    while (repository.begun === 0) await turn();
    request.destroy();
    await lineOf('request');
    release();
    await repository.ended;
    expect(repository.given).toBe(1);
    expect(api.log.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('are not read for a HEAD, nor for one who has them already', async () => {
    const head = await received(api.app, path, headers, 'HEAD');
    expect(head).toMatchObject({ status: 200, headers: { 'content-type': expect.stringContaining('text/csv') } });
    expect(head.body).toHaveLength(0);
    await repository.ended;
    expect(repository.given).toBe(1);
    const known = await received(api.app, path, { ...headers, 'if-none-match': head.headers.etag ?? '' });
    expect(known.status).toBe(304);
    expect(repository.begun).toBe(1);
  });
});
