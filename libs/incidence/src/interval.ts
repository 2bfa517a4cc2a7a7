import type { Interval } from './incidence.js';

const DAY = 86_400_000;

/** The first day of the day, week or month that a day lies in; days are `YYYY-MM-DD`, of years 0000 to 9999. */
export function firstDayOf(interval: Interval, day: string): string {
  if (interval === 'day') return day;
  if (interval === 'month') return `${day.slice(0, 7)}-01`;
  // 1970-01-01 was a Thursday: three days after a Monday.
  const sinceMonday = (((dayNumber(day) + 3) % 7) + 7) % 7;
  return dayOf(dayNumber(day) - sinceMonday);
}

/** The last day of the day, week or month that a day lies in. */
export function lastDayOf(interval: Interval, day: string): string {
  if (interval === 'day') return day;
  if (interval === 'week') return dayOf(dayNumber(firstDayOf(interval, day)) + 6);
  const last = new Date(`${firstDayOf(interval, day)}T00:00:00Z`);
  last.setUTCMonth(last.getUTCMonth() + 1, 0);
  return last.toISOString().slice(0, 10);
}

/** Days since 1970-01-01; negative before. */
export function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY;
}

/** The day so many days after 1970-01-01. Beyond the years that four digits can say it gives the nearest that they can. */
export function dayOf(number: number): string {
  const [first, last] = ['0000-01-01', '9999-12-31'];
  const nearest = Math.min(Math.max(number, dayNumber(first)), dayNumber(last));
  return new Date(nearest * DAY).toISOString().slice(0, 10);
}
