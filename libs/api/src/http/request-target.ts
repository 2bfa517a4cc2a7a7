import { WeirError } from '@weir/pipeline';
import type { NextFunction, Request, Response } from 'express';

/** Refuses what no route could read: a request without a host, a path that cannot be decoded or holds a NUL. */
export function checkTarget(request: Request, _response: Response, next: NextFunction): void {
  const mistake = mistakeIn(request);
  next(mistake === undefined ? undefined : new WeirError('bad_request', mistake));
}

function mistakeIn({ httpVersion, headers, path }: Request): string | undefined {
  if (httpVersion === '1.1' && headers.host === undefined) return 'HTTP/1.1 needs the header Host.';
  try {
    return decodeURIComponent(path).includes('\0') ? 'The path must not contain a NUL character.' : undefined;
  } catch {
    return 'The path is not well-formed: after each % there are two hexadecimal digits, and together they are UTF-8.';
  }
}
