import { isNativeError } from 'node:util/types';
import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { WeirError } from '@weir/pipeline';
import type { Request, Response } from 'express';
import { Bindings } from '../bindings.js';
import { allowedMethods } from './allowed-methods.js';
import { isProblemCode, problem, type FieldError, type Problem } from './problems.js';
import { contextOf } from './request-context.js';
import { asWeirError } from './thrown.js';

/** Seconds after which trying again may help. */
const retryAfter = 5;

/** Answers every error in one shape, and keeps to itself (and the log) what is not the caller's business. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly bindings: Bindings) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const body = this.answer(asWeirError(thrown), request, response);
    contextOf(request).problem = body.code;
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (body.status === 401) response.setHeader('WWW-Authenticate', 'ApiKey realm="weir"');
    const mayTryAgain = body.status === 503 || body.status === 429;
    if (mayTryAgain && !response.hasHeader('Retry-After')) response.setHeader('Retry-After', String(retryAfter));
    // As bytes, because to a text Express would add a charset, which this media type does not have.
    response
      .status(body.status)
      .type('application/problem+json')
      .send(Buffer.from(JSON.stringify(body)));
  }

  private answer(error: WeirError, request: Request, response: Response): Problem {
    const { requestId, correlationId } = contextOf(request);
    const code = isProblemCode(error.code) ? error.code : 'internal_error';
    if (code === 'internal_error' || code === 'dependency_unavailable') {
      const ids = { request_id: requestId, correlation_id: correlationId };
      this.bindings.log({ level: 'error', event: code, ...ids, error: inFull(error) });
    }
    if (code === 'internal_error') {
      return problem(code, `Something went wrong here; the log has it under ${requestId}.`, requestId);
    }
    if (code === 'dependency_unavailable') {
      return problem(code, 'Something that this needs cannot be reached; try again in a moment.', requestId);
    }
    const methods = code === 'not_found' ? allowedMethods(request) : [];
    // A route that is there may say itself that what was asked for is not.
    if (methods.length > 0 && !methods.includes(request.method)) {
      response.setHeader('Allow', methods.join(', '));
      return problem('method_not_allowed', `Allowed here: ${methods.join(', ')}.`, requestId);
    }
    return problem(code, error.message, requestId, error.details?.['errors'] as readonly FieldError[] | undefined);
  }
}

/** With its stack and causes, for the log only. */
function inFull(error: WeirError): string {
  const lines: string[] = [`${error.code}: ${error.stack ?? error.message}`];
  for (let cause = error.cause; isNativeError(cause) && lines.length < 5; cause = cause.cause) {
    lines.push(`caused by ${cause.stack ?? cause.message}`);
  }
  return lines.join('\n');
}
