import { isGrpcServiceError, ServiceError } from '@temporalio/client';
import { WeirError } from '@weir/pipeline';

/** gRPC's numbers for: cancelled by a lost connection, time-out, resources, unavailable. */
const PASSING: ReadonlySet<number> = new Set([1, 4, 8, 14]);

/** Does something with Temporal; whatever fails becomes a WeirError. */
export async function withTemporal<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw temporalFailure(error);
  }
}

/** `dependency_unavailable` where Temporal cannot be reached; any other failure is `engine_failed`, with its cause. */
export function temporalFailure(error: unknown): WeirError {
  if (error instanceof WeirError) return error;
  const grpc = grpcError(error);
  if (grpc === null || PASSING.has(grpc.code)) {
    return new WeirError('dependency_unavailable', 'Temporal cannot be reached; try again in a moment.', {
      retryable: true,
      details: { dependency: 'temporal' },
      cause: error,
    });
  }
  return new WeirError('engine_failed', `Temporal refused: ${grpc.details}`, { cause: error });
}

function grpcError(error: unknown): { readonly code: number; readonly details: string } | null {
  if (isGrpcServiceError(error)) return error;
  if (error instanceof ServiceError && isGrpcServiceError(error.cause)) return error.cause;
  return null;
}
