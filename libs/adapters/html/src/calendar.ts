const MILLISECONDS_A_DAY = 86_400_000;
const SUNDAY = 0;

/** A day as the number of days since 1970-01-01: differences of days are differences of numbers. */
export type Day = number;

/** The day, or null where the calendar has no such day. Months count from 1. */
export function dayOf(year: number, month: number, day: number): Day | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.getTime() / MILLISECONDS_A_DAY : null;
}

/** `YYYY-MM-DD`. */
export function isoDay(day: Day): string {
  return new Date(day * MILLISECONDS_A_DAY).toISOString().slice(0, 10);
}

/** The last Sunday before the day; before a Sunday that is the one a week ago. */
export function lastSundayBefore(day: Day): Day {
  const weekday = new Date(day * MILLISECONDS_A_DAY).getUTCDay();
  return day - (weekday === SUNDAY ? 7 : weekday);
}

/** English and Russian names of the months, in the forms that dates use. */
const MONTHS: readonly (readonly string[])[] = [
  ['january', 'jan', 'января', 'январь'],
  ['february', 'feb', 'февраля', 'февраль'],
  ['march', 'mar', 'марта', 'март'],
  ['april', 'apr', 'апреля', 'апрель'],
  ['may', 'мая', 'май'],
  ['june', 'jun', 'июня', 'июнь'],
  ['july', 'jul', 'июля', 'июль'],
  ['august', 'aug', 'августа', 'август'],
  ['september', 'sept', 'sep', 'сентября', 'сентябрь'],
  ['october', 'oct', 'октября', 'октябрь'],
  ['november', 'nov', 'ноября', 'ноябрь'],
  ['december', 'dec', 'декабря', 'декабрь'],
];

/** Part of a regular expression: any name of a month. */
export const MONTH_NAME = `(?:${MONTHS.flat().join('|')})`;

/** 1 to 12 for a month's name or number; NaN for anything else. */
export function monthOf(text: string): number {
  if (/^\d{1,2}$/.test(text)) return Number(text);
  const index = MONTHS.findIndex((names) => names.includes(text.toLowerCase().replace(/\.$/, '')));
  return index === -1 ? Number.NaN : index + 1;
}
