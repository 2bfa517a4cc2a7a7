import { invalidField } from '@weir/pipeline';

const shape = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * When a key ends: `2026-12-31`, the last millisecond of that day, or an ISO 8601 time; UTC unless it says otherwise.
 * @throws WeirError `validation_failed` naming `expires`, also where the time has passed.
 */
export function parseExpiry(text: string, now: Date): Date {
  const [, day = '', time, zone = 'Z'] = shape.exec(text) ?? [];
  const expiry = new Date(time === undefined ? `${day}T23:59:59.999Z` : `${day}T${time}${zone}`);
  if (Number.isNaN(expiry.getTime()) || !isDay(day)) {
    throw invalidField('expires', 'must be a day that exists (2026-12-31) or a time (2026-12-31T12:00:00Z)');
  }
  if (expiry <= now) throw invalidField('expires', `must lie ahead; it is ${now.toISOString()} now`);
  return expiry;
}

/** `Date` takes 2026-02-30 for the second of March. */
function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
