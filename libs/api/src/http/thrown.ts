import { HttpException } from '@nestjs/common';
import { WeirError } from '@weir/pipeline';

/** Anything thrown while a request is answered, as a coded error. What is nobody's mistake but ours: `internal_error`. */
export function asWeirError(thrown: unknown): WeirError {
  if (thrown instanceof WeirError) return thrown;
  const status = thrown instanceof HttpException ? thrown.getStatus() : statusOf(thrown);
  if (status === 404) return new WeirError('not_found', 'There is nothing at this path; /docs lists what there is.');
  if (status < 500) return new WeirError('bad_request', 'The request cannot be understood.', { cause: thrown });
  return new WeirError('internal_error', thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown });
}

/** Express says of an error that it is the caller's: by `expose`, or, of a path that cannot be decoded, by its kind. */
function statusOf(thrown: unknown): number {
  const { status, expose } = (thrown ?? {}) as { readonly status?: unknown; readonly expose?: unknown };
  const isCallers = expose === true || thrown instanceof URIError;
  return isCallers && typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
