import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { WeirError } from '@weir/pipeline';
import express, { type NextFunction, type Request, type Response } from 'express';

/** Bytes, after decompression. */
const largestBody = 1_000_000;

// Not strict: a text or a null is well-formed JSON, and refused later for not being an object.
const parse = express.json({ limit: largestBody, strict: false, type: 'application/json', verify: requireUtf8 });

/** What the parser's errors mean, by their `type`. */
const parserErrors: { readonly [type: string]: readonly [code: string, message: string] } = {
  'entity.parse.failed': ['malformed_json', 'The body is not well-formed JSON.'],
  'entity.not.utf8': ['malformed_json', 'The body is not well-formed UTF-8.'],
  'entity.too.large': ['body_too_large', 'The body is larger than 1 MB.'],
  'charset.unsupported': ['unsupported_media_type', 'The body must be JSON in UTF-8.'],
  'encoding.unsupported': ['unsupported_media_type', 'The body has a content encoding that is not understood.'],
};

/** Reads JSON bodies; anything else that has a body is refused instead of being read as none. */
export function readBody(request: Request, response: Response, next: NextFunction): void {
  const hasBody = request.headers['transfer-encoding'] !== undefined || Number(request.get('content-length') ?? 0) > 0;
  if (hasBody && !request.is('application/json')) {
    next(new WeirError('unsupported_media_type', 'The body must be JSON, with Content-Type: application/json.'));
    return;
  }
  parse(request, response, (error?: unknown) => next(error === undefined ? undefined : bodyError(error)));
}

/** The parser would read UTF-16 and others, and put a replacement for bytes that are no text: in a password, too. */
function requireUtf8(_request: IncomingMessage, _response: unknown, body: Buffer, charset: string): void {
  if (charset !== 'utf-8') throw Object.assign(new Error(`charset ${charset}`), { type: 'charset.unsupported' });
  if (!isUtf8(body)) throw Object.assign(new Error('not UTF-8'), { type: 'entity.not.utf8' });
}

/** Here and not in the filter, because Nest hides the parser's errors in its own before any filter sees them. */
function bodyError(error: unknown): WeirError {
  const { type } = error as { readonly type?: string };
  const [code, message] = parserErrors[type ?? ''] ?? ['bad_request', 'The body cannot be read.'];
  return new WeirError(code, message, { cause: error });
}
