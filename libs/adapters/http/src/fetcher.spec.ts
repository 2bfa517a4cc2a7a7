import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FetchLimits } from '@weir/pipeline';
import { fetcher } from './fetcher.js';

const quick = fetcher({ backoffMs: 1, maxBackoffMs: 2, maxRetryAfterMs: 40 });
const limits: FetchLimits = { timeoutMs: 5000, maxBytes: 1000, retries: 2 };

/** Opens a location and reads it to its end. */
async function fetched(location: string, changed: Partial<FetchLimits> = {}): Promise<string> {
  const { body } = await quick.open({ name: 'history.csv', location }, { ...limits, ...changed });
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

describe('fetching over http', () => {
  let server: Server;
  let origin: string;
  let requests: IncomingMessage[];
  let answer: (request: IncomingMessage, response: ServerResponse, attempt: number) => void;

  beforeEach(async () => {
    requests = [];
    server = createServer((request, response) => answer(request, response, requests.push(request)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('streams the bytes unchanged, with their type', async () => {
    answer = (_request, response) => response.writeHead(200, { 'content-type': 'text/csv' }).end('a,b\r\n1,2\r\n');
    const { contentType } = await quick.open({ name: 'x', location: `${origin}/x` }, limits);
    expect(contentType).toBe('text/csv');
    expect(await fetched(`${origin}/history.csv`)).toBe('a,b\r\n1,2\r\n');
    expect(requests[0]?.headers['user-agent']).toBe('weir/0.1');
  });

  it('hands on the first bytes before the last ones were sent', async () => {
    let finish: () => void = () => undefined;
    answer = (_request, response) => {
      response.write('first');
      finish = () => response.end('last');
    };
    const { body } = await quick.open({ name: 'x', location: origin }, limits);
    const parts: string[] = [];
    for await (const part of body) {
      parts.push(Buffer.from(part).toString());
      finish();
    }
    expect(parts).toEqual(['first', 'last']);
  });

  it.each([408, 425, 429, 500, 502, 503, 504])('tries again after %i', async (status) => {
    answer = (_request, response, attempt) => response.writeHead(attempt < 3 ? status : 200).end('late');
    expect(await fetched(origin)).toBe('late');
    expect(requests).toHaveLength(3);
  });

  it('tries again after a connection that broke before the headers', async () => {
    answer = (_request, response, attempt) => (attempt < 2 ? response.destroy() : response.end('late'));
    expect(await fetched(origin)).toBe('late');
  });

  it('gives up after the declared number of tries, saying the last answer', async () => {
    answer = (_request, response) => response.writeHead(503).end();
    await expect(fetched(`${origin}/page`)).rejects.toMatchObject({
      code: 'source_failed',
      retryable: true,
      message: `${origin}/page answered 503. Try again later.`,
      details: { status: 503 },
    });
    expect(requests).toHaveLength(3);
  });

  it.each([400, 401, 403, 404, 410])('does not try again after %i', async (status) => {
    answer = (_request, response) => response.writeHead(status, { 'retry-after': '1' }).end();
    await expect(fetched(origin)).rejects.toMatchObject({
      code: 'source_refused',
      retryable: false,
      details: { status },
    });
    expect(requests).toHaveLength(1);
  });

  it('waits as long as Retry-After asks, up to the cap', async () => {
    answer = (_request, response, attempt) =>
      attempt === 1 ? response.writeHead(429, { 'retry-after': '3600' }).end() : response.end('late');
    const before = performance.now();
    expect(await fetched(origin)).toBe('late');
    expect(performance.now() - before).toBeGreaterThanOrEqual(39);
  });

  it('takes Retry-After as a date too', async () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    answer = (_request, response) => response.writeHead(503, { 'retry-after': date }).end();
    await expect(fetched(origin, { retries: 0 })).rejects.toMatchObject({ details: { retry_after_ms: 40 } });
  });

  it('says that nobody answers at an address', async () => {
    await new Promise((resolve) => server.close(resolve));
    await expect(fetched(`${origin}/x`)).rejects.toMatchObject({
      code: 'source_unreachable',
      retryable: true,
      message: expect.stringContaining('ECONNREFUSED'),
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
  });

  it('tries again when the headers do not come in time, and says so in the end', async () => {
    answer = () => undefined;
    await expect(fetched(`${origin}/slow`, { retries: 1, timeoutMs: 1_000 })).rejects.toMatchObject({
      code: 'source_timeout',
      retryable: true,
      message: expect.stringContaining(`${origin}/slow did not answer within 1000 ms`),
    });
    expect(requests).toHaveLength(2);
  });

  it('does not wait for a body that stalls', async () => {
    answer = (_request, response) => response.write('12345');
    await expect(fetched(origin, { timeoutMs: 1_500 })).rejects.toMatchObject({
      code: 'source_timeout',
      retryable: true,
      message: expect.stringContaining('stopped sending after 5 bytes within 1500 ms'),
    });
    expect(requests).toHaveLength(1);
  });

  it('does not count the time that its reader takes', async () => {
    answer = (_request, response) => response.write('first', () => response.end('last'));
    const { body } = await quick.open({ name: 'x', location: origin }, { ...limits, timeoutMs: 1_000 });
    let text = '';
    for await (const part of body) {
      const until = performance.now() + 1_200;
      while (performance.now() < until); // a reader busy for longer than the time-out
      text += Buffer.from(part).toString();
    }
    expect(text).toBe('firstlast');
  });

  it('refuses a body whose announced size passes the limit, before reading it', async () => {
    answer = (_request, response) => response.writeHead(200, { 'content-length': '5000' }).write('x');
    await expect(quick.open({ name: 'x', location: `${origin}/big` }, limits)).rejects.toMatchObject({
      code: 'source_too_large',
      retryable: false,
      message: expect.stringMatching(/big announces 5000 bytes, and the limit is 1000/),
    });
    expect(requests).toHaveLength(1);
  });

  it('stops a body of unknown size at the limit, and closes the connection', async () => {
    let closed: Promise<void> = Promise.reject(new Error('no request came'));
    closed.catch(() => undefined);
    answer = (_request, response) => {
      closed = new Promise((resolve) => response.on('close', () => resolve()));
      const send = (): void => void response.write('x'.repeat(400), () => response.destroyed || setImmediate(send));
      send();
    };
    await expect(fetched(origin)).rejects.toMatchObject({ code: 'source_too_large', details: { max_bytes: 1000 } });
    await closed;
  });

  it('reports a body shorter than announced as interrupted', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('a,b\n1,2\n', () => response.destroy());
    };
    await expect(fetched(`${origin}/cut`)).rejects.toMatchObject({
      code: 'source_interrupted',
      retryable: true,
      message: expect.stringContaining(`${origin}/cut broke off after 8 bytes`),
    });
  });

  it('reports a chunked body without its end as interrupted', async () => {
    answer = (_request, response) => response.write('a,b\n', () => response.destroy());
    await expect(fetched(origin)).rejects.toMatchObject({ code: 'source_interrupted', retryable: true });
  });

  it('closes the connection of a reader that stops early', async () => {
    let closed: Promise<void> = Promise.resolve();
    answer = (_request, response) => {
      closed = new Promise((resolve) => response.on('close', () => resolve()));
      response.write('endless');
    };
    const { body } = await quick.open({ name: 'x', location: origin }, limits);
    for await (const part of body) {
      expect(part).toHaveLength(7);
      break;
    }
    await closed;
  });

  it('follows redirects to where the file is', async () => {
    answer = (request, response) =>
      request.url === '/moved' ? response.writeHead(302, { location: '/file' }).end() : response.end('here');
    expect(await fetched(`${origin}/moved`)).toBe('here');
  });

  it('stops in a redirect loop after five', async () => {
    answer = (_request, response) => response.writeHead(301, { location: '/again' }).end();
    await expect(fetched(`${origin}/loop`)).rejects.toMatchObject({
      code: 'source_redirects',
      retryable: false,
      message: expect.stringContaining(`${origin}/loop redirects more than 5 times`),
    });
    expect(requests).toHaveLength(6);
  });

  it.each(['file:///etc/passwd', 'ftp://127.0.0.1/x', 'data:text/csv,a', 'http://'])(
    'refuses a redirect to %s',
    async (location) => {
      answer = (_request, response) => response.writeHead(302, { location }).end();
      await expect(fetched(origin)).rejects.toMatchObject({ code: 'source_redirects' });
      expect(requests).toHaveLength(1);
    },
  );

  it('logs in with the user and password of the URL, to its own host only, and tells neither', async () => {
    answer = (request, response) =>
      request.url?.startsWith('/moved')
        ? response.writeHead(302, { location: `http://localhost:${new URL(origin).port}/x` }).end()
        : response.writeHead(403).end();
    const location = `${origin.replace('//', '//me:p%40ss%zz@')}/moved?token=t0ps3cret`;
    const failure = await fetched(location).catch((error: Error) => error.message);
    expect(failure).toMatch(/answered 403/);
    expect(failure).not.toMatch(/p%40ss|t0ps3cret|me:/);
    expect(requests[0]?.headers.authorization).toBe(`Basic ${Buffer.from('me:p@ss%zz').toString('base64')}`);
    expect(requests[1]?.headers.authorization).toBeUndefined();
  });
});

describe('fetching a local file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fetch-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('streams it', async () => {
    await writeFile(join(folder, 'a.csv'), 'a,b\n');
    expect(await fetched(join(folder, 'a.csv'))).toBe('a,b\n');
  });

  it('names a file that is missing, as declared', async () => {
    await expect(fetched(join(folder, 'none.csv'))).rejects.toMatchObject({
      code: 'source_not_found',
      retryable: false,
      message: 'There is no file history.csv.',
    });
  });

  it('refuses a folder', async () => {
    await expect(fetched(folder)).rejects.toMatchObject({ code: 'source_not_a_file' });
  });

  it('refuses a file beyond the size limit', async () => {
    await writeFile(join(folder, 'big.csv'), 'x'.repeat(1001));
    await expect(fetched(join(folder, 'big.csv'))).rejects.toMatchObject({
      code: 'source_too_large',
      message: expect.stringContaining('history.csv has 1001 bytes, and the limit is 1000'),
    });
  });
});
