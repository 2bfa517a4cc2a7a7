import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { retryingFetch, type Retry } from './retrying-fetch.js';

interface Scripted {
  readonly status: number;
  readonly headers?: { readonly [name: string]: string };
}

describe('sending again', () => {
  let server: Server;
  let script: Scripted[];
  let seen: { readonly method: string | undefined; readonly body: string }[];
  let waited: number[];
  const note: Retry['wait'] = (milliseconds) => {
    waited.push(milliseconds);
    return Promise.resolve();
  };

  beforeAll(async () => {
    server = createServer((request, response) => {
      void bodyOf(request).then((body) => {
        seen.push({ method: request.method, body });
        const { status, headers = {} } = script.shift() ?? { status: 200 };
        response.writeHead(status, headers).end('{}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => {
    [script, seen, waited] = [[], [], []];
  });
  afterAll(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );

  const url = (path = '/covid/regions') => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  const send = (request: Request, retry: Partial<Retry> = {}) =>
    retryingFetch((each) => fetch(each), { attempts: 4, longestWait: 60, wait: note, ...retry })(request);

  it('waits as long as it is told, and sends a body whole each time', async () => {
    script = [
      { status: 429, headers: { 'Retry-After': '7' } },
      { status: 429, headers: { 'Retry-After': '2' } },
    ];
    const answer = await send(new Request(url('/users'), { method: 'POST', body: '{"email":"a"}' }));
    expect([answer.status, waited]).toEqual([200, [7_000, 2_000]]);
    expect(seen).toEqual(Array.from({ length: 3 }, () => ({ method: 'POST', body: '{"email":"a"}' })));
  });

  it('understands a time', async () => {
    script = [{ status: 503, headers: { 'Retry-After': new Date(0).toUTCString() } }];
    expect((await send(new Request(url()))).status).toBe(200);
    expect(waited).toEqual([0]);
  });

  it('gives up after the attempts that it was given', async () => {
    script = Array.from({ length: 9 }, () => ({ status: 429, headers: { 'Retry-After': '1' } }));
    expect((await send(new Request(url()), { attempts: 3 })).status).toBe(429);
    expect(seen).toHaveLength(3);
  });

  it.each<[string, Scripted, string, string]>([
    ['a wait that is too long', { status: 429, headers: { 'Retry-After': '61' } }, 'GET', '/covid/regions'],
    ['a refusal that names no time', { status: 503 }, 'GET', '/covid/regions'],
    ['a time that is none', { status: 503, headers: { 'Retry-After': 'soon' } }, 'GET', '/covid/regions'],
    ['a failure', { status: 500, headers: { 'Retry-After': '1' } }, 'GET', '/covid/regions'],
    ['a 503 to what may have been done', { status: 503, headers: { 'Retry-After': '1' } }, 'POST', '/users'],
    ['the state of the system', { status: 503, headers: { 'Retry-After': '1' } }, 'GET', '/health/ready'],
  ])('does not repeat %s', async (_, refusal, method, path) => {
    script = [refusal];
    expect((await send(new Request(url(path), { method }))).status).toBe(refusal.status);
    expect([seen.length, waited]).toEqual([1, []]);
  });

  it('stops waiting when the caller does', async () => {
    script = [{ status: 429, headers: { 'Retry-After': '60' } }];
    const caller = new AbortController();
    const wait: Retry['wait'] = (_, signal) => {
      caller.abort(new Error('enough'));
      return signal.aborted ? Promise.reject(signal.reason as Error) : Promise.resolve();
    };
    await expect(send(new Request(url(), { signal: caller.signal }), { wait })).rejects.toThrow('enough');
    expect(seen).toHaveLength(1);
  });
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  return body;
}
