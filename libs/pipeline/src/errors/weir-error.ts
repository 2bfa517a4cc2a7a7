/** A failure as plain data: what survives JSON, a workflow's history, a socket. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
  readonly details?: { readonly [key: string]: unknown };
}

/**
 * The one error of Weir. `code` is stable and snake_case; `message` is for people and says what, where and what to do;
 * `retryable` tells an engine whether trying again may help; `details` are for programs.
 */
export class WeirError extends Error {
  readonly code: string;
  readonly retryable: boolean;
  readonly details: { readonly [key: string]: unknown } | undefined;

  constructor(
    code: string,
    message: string,
    options: { retryable?: boolean; details?: { readonly [key: string]: unknown }; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'WeirError';
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.details = options.details;
  }

  toFailure(): Failure {
    return {
      code: this.code,
      message: this.message,
      retryable: this.retryable,
      ...(this.details ? { details: this.details } : {}),
    };
  }

  static fromFailure(failure: Failure): WeirError {
    return new WeirError(failure.code, failure.message, {
      retryable: failure.retryable,
      ...(failure.details ? { details: failure.details } : {}),
    });
  }
}

/** Any thrown value as a failure; what is not ours is an `internal_error`, worth another try. */
export function toFailure(error: unknown): Failure {
  if (error instanceof WeirError) return error.toFailure();
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'internal_error', message, retryable: true };
}
