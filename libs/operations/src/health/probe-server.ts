import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WeirError } from '@weir/pipeline';

export interface ProbePages {
  /** Answer of `/health`: 200 where it is ok, else 503; the body is for people and programs alike. */
  readonly health: () => { readonly ok: boolean; readonly body: object };
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
}

export interface ProbeServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * For programs that serve nothing but what watches them: `GET /health`, `/health/live` (200: the process answers) and
 * `/metrics`.
 * @param place `variable` is what to set where the port cannot be had.
 * @throws WeirError `cannot_listen`.
 */
export async function serveProbes(
  pages: ProbePages,
  place: { readonly host: string; readonly port: number; readonly variable: string },
): Promise<ProbeServer> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0];
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead) return json(response, 405, { error: 'only GET' }, { allow: 'GET, HEAD' });
    if (path === '/health') {
      const { ok, body } = pages.health();
      return json(response, ok ? 200 : 503, body);
    }
    if (path === '/health/live') return json(response, 200, { status: 'ok' });
    if (path === '/metrics') return void metrics(response, pages);
    return json(response, 404, { error: 'no such page: there are /health, /health/live and /metrics' });
  });
  await listen(server, place);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function metrics(response: ServerResponse, pages: ProbePages): Promise<void> {
  try {
    const { contentType, text } = await pages.metrics();
    response.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-store' }).end(text);
  } catch {
    json(response, 500, { error: 'the metrics cannot be read' });
  }
}

function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers })
    .end(JSON.stringify(body));
}

async function listen(
  server: Server,
  { host, port, variable }: { readonly host: string; readonly port: number; readonly variable: string },
): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => resolve());
    });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new WeirError(
      'cannot_listen',
      `Port ${port} of ${host} cannot be used (${code}): set ${variable} or HOST to another.`,
      { cause },
    );
  }
}
