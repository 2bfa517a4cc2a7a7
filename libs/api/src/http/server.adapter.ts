import { randomUUID } from 'node:crypto';
import { createServer, IncomingMessage, ServerResponse, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { LogEntry } from '../bindings.js';
import { problem, type ProblemCode } from './problems.js';
import { securityHeaders } from './security-headers.js';

/** Milliseconds for the head of a request, and for all of it: who sends one byte at a time does not hold a place for long. */
const headersWithin = 15_000;
const requestWithin = 30_000;
/** How often it is looked for connections that took longer. */
const lookEvery = 5_000;
/** Milliseconds that a connection may wait for its next request: longer than the minute of the usual balancers. */
const keepAlive = 65_000;
/** Milliseconds that answers under way have when the server stops: less than the ten seconds that Docker waits. */
const toFinish = 5_000;

/** What Node's HTTP parser refuses, by the code of its error; anything else is a `bad_request`. */
const refusals: { readonly [code: string]: readonly [code: ProblemCode, detail: string] } = {
  HPE_HEADER_OVERFLOW: ['headers_too_large', 'The address and the headers of a request may have 16 KB together.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['body_too_large', 'The extensions of the chunks are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['request_timeout', 'The request did not arrive in time.'],
};

/** Express on a server with time-outs, which answers in the API's own shape also what never becomes a request. */
export class ServerAdapter extends ExpressAdapter {
  private readonly answering = new WeakMap<Socket, ServerResponse>();

  /** @param grace milliseconds for answers under way when the server stops. */
  constructor(
    private readonly log: (entry: LogEntry) => void,
    private readonly grace: number = toFinish,
  ) {
    super();
  }

  override initHttpServer(): void {
    const server: Server = createServer(
      {
        headersTimeout: headersWithin,
        requestTimeout: requestWithin,
        connectionsCheckingInterval: lookEvery,
        keepAliveTimeout: keepAlive,
        // It is required, but by `checkTarget`: Node would answer without a word.
        requireHostHeader: false,
      },
      (request, response) => {
        this.answering.set(request.socket, response);
        const express: RequestListener = this.getInstance();
        void express(request, response);
      },
    );
    // Expectations that are not understood may be ignored (RFC 9110, 10.1.1); Node would answer 417 without a word.
    server.on('checkExpectation', (request, response) => server.emit('request', request, response));
    server.on('clientError', (error: NodeJS.ErrnoException, socket) => this.refuse(error, socket as Socket));
    this.httpServer = server;
  }

  /** Takes no more connections. Who is slow to take their answer does not hold the process back: they are cut off. */
  override async close(): Promise<void> {
    const server = this.httpServer as Server;
    // Or each connection that is answered from now on would be waited for as long as it may wait for its next request.
    server.keepAliveTimeout = 1;
    const cut = setTimeout(() => server.closeAllConnections(), this.grace);
    await super.close();
    clearTimeout(cut);
  }

  /** Answers what is no HTTP, unless an answer is on its way already, and closes the connection. */
  private refuse(error: NodeJS.ErrnoException, socket: Socket): void {
    const begun = this.answering.get(socket);
    const underWay = begun !== undefined && !begun.writableFinished;
    const isTooLate = underWay && (begun.headersSent || begun.req.complete);
    if (!socket.writable || error.code === 'ECONNRESET' || isTooLate) {
      socket.destroy();
      return;
    }
    const requestId = randomUUID();
    const [code, detail] = refusals[error.code ?? ''] ?? ['bad_request', 'The request is not well-formed HTTP.'];
    const answer = problem(code, detail, requestId);
    this.log({
      level: 'info',
      event: 'request_refused',
      request_id: requestId,
      status: answer.status,
      reason: error.code,
    });
    const body = Buffer.from(JSON.stringify(answer));
    const response = underWay ? begun : this.answerOn(socket);
    securityHeaders(response.req, response, () => undefined);
    response.writeHead(answer.status, {
      'Content-Type': 'application/problem+json',
      'Content-Length': body.length,
      'Cache-Control': 'no-store',
      'X-Request-Id': requestId,
      'X-Correlation-Id': requestId,
      Connection: 'close',
    });
    response.end(body, () => socket.destroySoon());
  }

  private answerOn(socket: Socket): ServerResponse {
    const response = new ServerResponse(new IncomingMessage(socket));
    response.assignSocket(socket);
    return response;
  }
}
