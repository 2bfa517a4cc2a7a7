import { randomUUID } from 'node:crypto';
import { unescape } from 'node:querystring';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { WeirError } from '@weir/pipeline';
import type { Principal } from '@weir/accounts';
import { withContext, type Level } from '@weir/telemetry';
import type { NextFunction, Request, Response } from 'express';
import type { ApiBindings } from '../bindings.js';
import { countBytes } from './sent-bytes.js';

/** What is known of a request while it is answered. */
export interface RequestContext {
  /** Names this request: the caller's X-Request-Id, or theirs for the whole errand, or made here. */
  readonly requestId: string;
  /** Names the errand that the request belongs to. */
  readonly correlationId: string;
  /** The holder of the key, once the guard has seen it. */
  principal?: Principal;
  /** The code of the problem document that it was answered with. */
  problem?: string;
  /** The limit that it met. */
  limit?: string;
}

const contexts = new WeakMap<Request, RequestContext>();
/** What a caller may name a request: short, and harmless in a log. */
const sane = /^[\x20-\x7e]{1,128}$/;
/** Characters of a path that are logged. */
const longestPath = 500;

export function contextOf(request: Request): RequestContext {
  const known = contexts.get(request);
  if (known !== undefined) return known;
  const correlation = given(request, 'x-correlation-id');
  const requestId = given(request, 'x-request-id') ?? correlation ?? randomUUID();
  const context = { requestId, correlationId: correlation ?? requestId };
  contexts.set(request, context);
  return context;
}

/**
 * Returns the ids with every answer, lets every line logged on the way carry them, and logs and counts the answer when
 * it is over.
 */
export function requestContext({ log, metrics }: Pick<ApiBindings, 'log' | 'metrics'>) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const context = contextOf(request);
    const ids = { request_id: context.requestId, correlation_id: context.correlationId };
    const started = performance.now();
    const bytes = countBytes(response);
    const { method } = request;
    const path = readablePath(request.path);
    response.setHeader('X-Request-Id', context.requestId);
    response.setHeader('X-Correlation-Id', context.correlationId);
    metrics.http.begun();
    response.once('close', () => {
      const { principal, problem, limit } = context;
      const milliseconds = Math.round(performance.now() - started);
      const status = response.headersSent ? response.statusCode : undefined;
      const route = routeOf(request);
      metrics.http.ended({
        method,
        route,
        status,
        seconds: (performance.now() - started) / 1000,
        bytes: bytes(),
        problem,
        limit,
      });
      log({
        level: levelOf(route, status),
        event: 'request',
        message: `${method} ${path} ${status ?? 'not answered'} in ${milliseconds} ms${response.writableFinished ? '' : ', aborted'}`,
        ...ids,
        method,
        path,
        ...(route !== undefined && { route }),
        status: status ?? null,
        milliseconds,
        ...(problem !== undefined && { code: problem }),
        ...(limit !== undefined && { limit }),
        ...(principal && { key_id: principal.key_id }),
        ...(!response.writableFinished && { aborted: true }),
      });
    });
    withContext(ids, next);
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

/** As people would write it; the log knows a secret only where it is not escaped. Never throws, unlike the usual way. */
function readablePath(path: string): string {
  return unescape(path.slice(0, longestPath));
}

/** Who watches the process asks every few seconds. A 503 is this process saying that it waits for something, which has its own line. */
function levelOf(route: string | undefined, status: number | undefined): Level {
  if (status !== undefined && status >= 500 && status !== 503) return 'warn';
  return route !== undefined && /^\/(health|metrics)\b/.test(route) ? 'debug' : 'info';
}

/** The template of the route that answered, as the OpenAPI document writes it: `/runs/{run_id}`. */
function routeOf(request: Request): string | undefined {
  const { path } = (request.route ?? {}) as { readonly path?: unknown };
  return typeof path === 'string' ? path.replace(/:(\w+)/g, '{$1}') : undefined;
}
