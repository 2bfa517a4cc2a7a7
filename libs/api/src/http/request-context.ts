import { randomUUID } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { WeirError } from '@weir/pipeline';
import type { Principal } from '@weir/accounts';
import type { NextFunction, Request, Response } from 'express';
import type { LogEntry } from '../bindings.js';

/** What is known of a request while it is answered. */
export interface RequestContext {
  /** Names this request: the caller's X-Request-Id, or theirs for the whole errand, or made here. */
  readonly requestId: string;
  /** Names the errand that the request belongs to. */
  readonly correlationId: string;
  /** The holder of the key, once the guard has seen it. */
  principal?: Principal;
}

const contexts = new WeakMap<Request, RequestContext>();
/** What a caller may name a request: short, and harmless in a log. */
const sane = /^[\x20-\x7e]{1,128}$/;

export function contextOf(request: Request): RequestContext {
  const known = contexts.get(request);
  if (known !== undefined) return known;
  const correlation = given(request, 'x-correlation-id');
  const requestId = given(request, 'x-request-id') ?? correlation ?? randomUUID();
  const context = { requestId, correlationId: correlation ?? requestId };
  contexts.set(request, context);
  return context;
}

/** Returns the ids with every answer, and logs the answer when it is over. */
export function requestContext(log: (entry: LogEntry) => void) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const context = contextOf(request);
    const { requestId, correlationId } = context;
    const started = performance.now();
    response.setHeader('X-Request-Id', requestId);
    response.setHeader('X-Correlation-Id', correlationId);
    response.once('close', () => {
      log({
        // A 503 is this process saying that it waits for something, which has its own line.
        level: response.statusCode >= 500 && response.statusCode !== 503 ? 'warn' : 'info',
        event: 'request',
        request_id: requestId,
        correlation_id: correlationId,
        method: request.method,
        path: request.path,
        status: response.statusCode,
        milliseconds: Math.round(performance.now() - started),
        ...(context.principal && { key_id: context.principal.key_id }),
        ...(!response.writableFinished && { aborted: true }),
      });
    });
    next();
  };
}

/** The holder of the key, as a handler's argument. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = contextOf(context.switchToHttp().getRequest<Request>());
  if (principal === undefined) throw new WeirError('internal_error', 'A public route asks for the holder of a key.');
  return principal;
});

function given(request: Request, header: string): string | undefined {
  const value = request.get(header)?.trim();
  return value !== undefined && sane.test(value) ? value : undefined;
}
