import { get, request as send, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INestApplication } from '@nestjs/common';

type Headers = { readonly [name: string]: string };

export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** As it came, not decompressed. */
  readonly body: Buffer;
  /** False where the connection broke before the end. */
  readonly complete: boolean;
}

/** An answer as it comes over the wire: supertest decompresses, adds headers, and hides where an answer was cut off. */
export async function received(
  app: INestApplication,
  path: string,
  headers: Headers = {},
  method = 'GET',
): Promise<Received> {
  const response = await opened(app, path, headers, method);
  const parts: Buffer[] = [];
  response.on('data', (part: Buffer) => parts.push(part));
  await new Promise<void>((resolve) => response.on('close', resolve).on('error', () => resolve()));
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: Buffer.concat(parts),
    complete: response.complete,
  };
}

/** An answer whose headers are there and whose body nobody has read yet. */
export function opened(
  app: INestApplication,
  path: string,
  headers: Headers,
  method = 'GET',
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    send({ ...at(app, path), method, headers, agent: false }, resolve)
      .on('error', reject)
      .end();
  });
}

/** A request under way, to be given up by its `destroy`. */
export function underWay(app: INestApplication, path: string, headers: Headers) {
  return get({ ...at(app, path), headers, agent: false }).on('error', () => undefined);
}

function at(app: INestApplication, path: string) {
  const { port } = (app.getHttpServer() as { address(): AddressInfo }).address();
  return { host: '127.0.0.1', port, path };
}
