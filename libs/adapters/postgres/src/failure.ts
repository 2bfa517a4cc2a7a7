import { WeirError } from '@weir/pipeline';

/** SQLSTATE classes: connection, login, no such database, resources exhausted, shutting down. */
const unreachable = /^(08|28|53)|^(3D000|57P0[1-5])$/;
const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH']);
const goneCodes = new Set(['EPIPE', 'ENOENT', 'EAI_AGAIN', 'ECONNABORTED']);
/** pg has no codes for these. */
const goneMessages =
  /connection terminated|timeout exceeded|timeout expired|read timeout|not queryable|Cannot use a pool/i;

/** `dependency_unavailable` where PostgreSQL cannot be reached; any other failure is `query_failed`, with its cause. */
export function postgresFailure(error: unknown): WeirError {
  if (error instanceof WeirError) return error;
  const code = failureCode(error) ?? '';
  const message = error instanceof Error ? error.message : String(error);
  if (unreachable.test(code) || networkCodes.has(code) || goneCodes.has(code) || goneMessages.test(message)) {
    return new WeirError('dependency_unavailable', 'PostgreSQL cannot be reached; try again in a moment.', {
      retryable: true,
      details: { dependency: 'postgres' },
      cause: error,
    });
  }
  return new WeirError('query_failed', `PostgreSQL refused a query: ${message}`, { cause: error });
}

export function isUniqueViolation(error: unknown, constraint: string): boolean {
  return failureCode(error) === '23505' && property(driverError(error), 'constraint') === constraint;
}

/** TypeORM wraps what pg throws; a refused connection to a name with several addresses is an AggregateError. */
function failureCode(error: unknown): string | undefined {
  const code = property(driverError(error), 'code') ?? property(error, 'code');
  return typeof code === 'string' ? code : undefined;
}

function driverError(error: unknown): unknown {
  return property(error, 'driverError') ?? error;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as { [key: string]: unknown })[name] : undefined;
}
