import { WeirError } from '@weir/pipeline';

/** A caller's mistake in one field; `details.errors` lists fields as problem answers do. */
export function invalidField(field: string, message: string): WeirError {
  return new WeirError('validation_failed', `${field} ${message}.`, { details: { errors: [{ field, message }] } });
}
