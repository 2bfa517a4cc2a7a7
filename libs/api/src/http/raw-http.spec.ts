import type { Server } from 'node:http';
import { connect } from 'node:net';
import { apiUnderTest, password, type ApiUnderTest } from '../../test/api-under-test.js';

interface RawAnswer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

/** Real sockets: what no HTTP client would send. */
describe('bytes that are not quite HTTP', () => {
  let api: ApiUnderTest;
  let port: number;
  beforeAll(async () => {
    api = await apiUnderTest();
    port = Number(new URL(await api.app.getUrl()).port);
  });
  afterAll(() => api.close());

  /** Sends it all, and reads until the server closes. */
  function send(...bytes: readonly (string | Buffer)[]): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      let answer = '';
      socket.setEncoding('latin1').on('data', (text) => (answer += String(text)));
      socket.once('error', reject).once('close', () => resolve(answer));
      for (const part of bytes) socket.write(part);
    });
  }

  function read(text: string): RawAnswer {
    const [head = '', ...rest] = text.split('\r\n\r\n');
    const [line = '', ...headers] = head.split('\r\n');
    return {
      status: Number(/^HTTP\/1\.1 (\d{3}) /.exec(line)?.[1]),
      headers: Object.fromEntries(
        headers.map((header) => [header.split(': ')[0]?.toLowerCase(), header.split(': ')[1]]),
      ),
      body: rest.join('\r\n\r\n'),
    };
  }

  function expectProblem(text: string, status: number, code: string): void {
    const { headers, body, ...answer } = read(text);
    expect([answer.status, JSON.parse(body)]).toEqual([status, expect.objectContaining({ status, code })]);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(headers['content-length']).toBe(String(Buffer.byteLength(body)));
    expect(headers['x-request-id']).toBe((JSON.parse(body) as { request_id: string }).request_id);
    expect(headers['x-correlation-id']).toBeDefined();
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-powered-by']).toBeUndefined();
    expect(text).not.toMatch(/node_modules|\.[jt]s:\d|\n\s+at /);
  }

  const close = 'Connection: close\r\n';
  const head = `Host: weir\r\n${close}`;

  it.each<[string, string, number, string]>([
    ['something else altogether', 'SSH-2.0-OpenSSH_9.6\r\n\r\n', 400, 'bad_request'],
    ['an unknown method', `FETCH /users HTTP/1.1\r\n${head}\r\n`, 400, 'bad_request'],
    ['a NUL in a header', `GET /users/me HTTP/1.1\r\n${head}x-key: a\0b\r\n\r\n`, 400, 'bad_request'],
    ['a NUL in the path', `GET /users\0/me HTTP/1.1\r\n${head}\r\n`, 400, 'bad_request'],
    ['a line break in a header', `GET /users/me HTTP/1.1\r\n${head}x-key: a\rb\r\n\r\n`, 400, 'bad_request'],
    ['an address of 20 KB', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\n${head}\r\n`, 431, 'headers_too_large'],
    ['a header of 20 KB', `GET / HTTP/1.1\r\n${head}x-key: ${'a'.repeat(20_000)}\r\n\r\n`, 431, 'headers_too_large'],
    ['no Host', `GET /health/live HTTP/1.1\r\n${close}\r\n`, 400, 'bad_request'],
    [
      'two lengths',
      `POST /users HTTP/1.1\r\n${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}`,
      400,
      'bad_request',
    ],
    [
      'a length beside chunks, as smugglers send it',
      `POST /users HTTP/1.1\r\n${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
      'bad_request',
    ],
    ['a negative length', `POST /users HTTP/1.1\r\n${head}Content-Length: -1\r\n\r\n`, 400, 'bad_request'],
    [
      'a chunk that is none',
      `POST /users HTTP/1.1\r\n${head}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`,
      400,
      'bad_request',
    ],
    ['a path that cannot be decoded', `GET /users/%ZZ HTTP/1.1\r\n${head}\r\n`, 400, 'bad_request'],
    ['a path that is no UTF-8', `GET /users/%ff HTTP/1.1\r\n${head}\r\n`, 400, 'bad_request'],
    ['a path of another host', `GET http://other.example/users/me HTTP/1.1\r\n${head}\r\n`, 401, 'missing_api_key'],
    ['no path', `OPTIONS * HTTP/1.1\r\n${head}\r\n`, 404, 'not_found'],
    ['TRACE', `TRACE /users HTTP/1.1\r\n${head}\r\n`, 405, 'method_not_allowed'],
    ['OPTIONS', `OPTIONS /users HTTP/1.1\r\n${head}\r\n`, 405, 'method_not_allowed'],
    ['two keys', `GET /users/me HTTP/1.1\r\n${head}x-key: a\r\nx-key: b\r\n\r\n`, 401, 'invalid_api_key'],
  ])('answers %s with a problem document', async (_, request, status, code) => {
    expectProblem(await send(request), status, code);
  });

  it('answers HTTP/1.0, which knows no Host', async () => {
    const answer = read(await send('GET /health/live HTTP/1.0\r\n\r\n'));
    expect([answer.status, answer.body]).toEqual([200, '{"status":"ok"}']);
  });

  it('answers a request that expects what nobody knows', async () => {
    const answer = read(await send(`GET /health/live HTTP/1.1\r\n${head}Expect: a miracle\r\n\r\n`));
    expect([answer.status, answer.body]).toEqual([200, '{"status":"ok"}']);
  });

  it('stops reading chunks after 1 MB, whose length nobody said', async () => {
    const chunk = `${(100_000).toString(16)}\r\n${' '.repeat(100_000)}\r\n`;
    const request = `POST /users HTTP/1.1\r\n${head}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
    expectProblem(await send(request, ...Array<string>(11).fill(chunk), '0\r\n\r\n'), 413, 'body_too_large');
  });

  it('answers HEAD like GET, without the body', async () => {
    const text = await send(`HEAD /users/me HTTP/1.1\r\n${head}\r\n`);
    const answer = read(text);
    expect([answer.status, answer.body]).toEqual([401, '']);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(Number(answer.headers['content-length'])).toBeGreaterThan(0);
  });

  it('answers one request, and refuses the nonsense behind it without a second answer to the first', async () => {
    const text = await send(`GET /health/live HTTP/1.1\r\nHost: weir\r\n\r\n`, 'nonsense\r\n\r\n');
    // An answer that has not begun may be lost, because the connection is; it is never another one's.
    expect(['', '200']).toContain(/^HTTP\/1\.1 (\d+) /.exec(text)?.[1] ?? '');
    expect(text.match(/"status":"ok"/g)?.length ?? 0).toBeLessThanOrEqual(1);
    await api.http.get('/health/live').expect(200);
  });

  it('goes on after a caller who leaves in the middle of a body', async () => {
    const seen = api.log.length;
    await new Promise<void>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(
          `POST /users HTTP/1.1\r\n${head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"em`,
        );
        socket.end();
      });
      socket
        .once('error', reject)
        .once('close', () => resolve())
        .resume();
    });
    await api.http.post('/users').send({ email: 'after@example.org', password }).expect(201);
    expect(JSON.stringify(api.log.slice(seen))).not.toContain('internal_error');
  });

  it('gives slow callers up, who never come to the end of a head or a body', async () => {
    const server: Server = api.app.getHttpServer();
    expect([server.headersTimeout, server.requestTimeout]).toEqual([15_000, 30_000]);
    Object.assign(server, { headersTimeout: 1, requestTimeout: 2 });
    try {
      const slow = [
        send('GET /users/me HTTP/1.1\r\nHost: we'),
        send(`POST /users HTTP/1.1\r\n${head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"em`),
      ];
      for (const answer of await Promise.all(slow)) expectProblem(answer, 408, 'request_timeout');
    } finally {
      Object.assign(server, { headersTimeout: 15_000, requestTimeout: 30_000 });
    }
  }, 20_000);
});
