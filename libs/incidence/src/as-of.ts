import { isDay } from './day.js';

const lastMillisecond = 'T23:59:59.999Z';
const timestamp =
  /^(?<day>\d{4}-\d{2}-\d{2})T(?<hour>[01]\d|2[0-3]):(?<minute>[0-5]\d)(?::(?<second>[0-5]\d)(?:[.,](?<fraction>\d+))?)?(?<zone>Z|(?<sign>[+-])(?<hours>[01]\d|2[0-3])(?::?(?<minutes>[0-5]\d))?)?$/;
/** What `+02:00` becomes in a query string that does not escape it. */
const lostPlus = /^\d{4}-\d{2}-\d{2}T[\d:.,]+ \d{2}(?::?\d{2})?$/;

/**
 * The time that a text names, or what is wrong with the text, in words that go on after a field's name.
 *
 * A day is its last millisecond, UTC. A timestamp is ISO 8601, to the minute or finer, with `Z` or an offset, UTC without
 * either; what is finer than a millisecond is cut off.
 */
export function readAsOf(text: string): Date | string {
  if (isDay(text)) return new Date(text + lastMillisecond);
  if (lostPlus.test(text)) return 'has a space where the + of its offset was; write the + as %2B in a query string';
  const parts = timestamp.exec(text)?.groups;
  if (parts === undefined || !isDay(parts['day'] ?? '')) {
    return 'must be a day that exists, as YYYY-MM-DD, or a time of one, such as 2023-06-01T12:00:00Z or 2023-06-01T14:00:00%2B02:00';
  }
  const { day, hour, minute, second = '00', fraction = '', sign, hours = '00', minutes = '00' } = parts;
  const local = Date.parse(`${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`);
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return new Date(sign === '-' ? local + offset : local - offset);
}
