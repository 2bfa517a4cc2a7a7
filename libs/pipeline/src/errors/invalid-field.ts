import { WeirError } from './weir-error.js';

/** A caller's mistake in one field; `details.errors` lists fields as problem answers do. */
export function invalidField(field: string, message: string): WeirError {
  return mistake('validation_failed', field, message);
}

/** A cursor that cannot be gone on with. */
export function invalidCursor(message: string): WeirError {
  return mistake('invalid_cursor', 'cursor', message);
}

function mistake(code: string, field: string, message: string): WeirError {
  return new WeirError(code, `${field} ${message}.`, { details: { errors: [{ field, message }] } });
}
