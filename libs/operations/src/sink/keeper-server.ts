import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WeirError } from '@weir/pipeline';
import type { SinkReport } from './sink-report.js';

export interface KeeperPages {
  /** What the last look saw. */
  readonly report: () => SinkReport;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
}

export interface KeeperServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves `GET /health` (200 where the sink is ok, else 503, with the reasons), `/health/live` (200: the process answers)
 * and `/metrics`.
 * @throws WeirError `cannot_listen`.
 */
export async function serveKeeper(
  pages: KeeperPages,
  { host, port }: { host: string; port: number },
): Promise<KeeperServer> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0];
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead) return json(response, 405, { error: 'only GET' }, { allow: 'GET, HEAD' });
    if (path === '/health') return health(response, pages.report());
    if (path === '/health/live') return json(response, 200, { status: 'ok' });
    if (path === '/metrics') return void metrics(response, pages);
    return json(response, 404, { error: 'no such page: there are /health, /health/live and /metrics' });
  });
  await listen(server, host, port);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function health(response: ServerResponse, report: SinkReport): void {
  const { status, reasons, dead_letters } = report;
  json(response, status === 'ok' ? 200 : 503, {
    status,
    reasons,
    ...(dead_letters === null
      ? {}
      : { dead_letters: { kept: dead_letters.kept, not_replayed: dead_letters.not_replayed } }),
  });
}

async function metrics(response: ServerResponse, pages: KeeperPages): Promise<void> {
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

async function listen(server: Server, host: string, port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => resolve());
    });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new WeirError(
      'cannot_listen',
      `Port ${port} of ${host} cannot be used (${code}): set KEEPER_PORT or HOST to another.`,
      {
        cause,
      },
    );
  }
}
