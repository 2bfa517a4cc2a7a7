import { MONTH_NAME } from './calendar.js';

/** `range_end` reads a range of days; the other rules read one date. */
export type PeriodRule = 'range_end' | 'date' | 'last_sunday_before' | 'day_before';

// Texts are folded before they are matched, so that every kind of space is one plain space.
const DASH = '[-\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d]';
const TO = `\\s*(?:${DASH}|\\bto\\b|(?<=\\s)по(?=\\s))\\s*`;
const BEGIN = '(?<![\\d.])';
const END = '(?!\\d)';
const DOT = '\\s?\\.\\s?';

const day = (prefix: string): string => `(?<${prefix}day>\\d{1,2})`;
const month = (prefix: string): string => `(?<${prefix}month>\\d{1,2})`;
const monthName = (prefix: string): string => `(?<${prefix}month>${MONTH_NAME})\\.?`;
const year = (prefix: string): string => `(?<${prefix}year>\\d{4})`;
const iso = (prefix: string): string => `(?<${prefix}year>\\d{4})-(?<${prefix}month>\\d{2})-(?<${prefix}day>\\d{2})`;

const RANGES = [
  // 23.10-29.10.2023, 27.12.2023 – 02.01.2024, 23-29.10.2023
  `${BEGIN}${day('from_')}(?:${DOT}${month('from_')}(?:${DOT}${year('from_')})?)?${TO}${day('to_')}${DOT}${month('to_')}${DOT}${year('to_')}${END}`,
  // 2023-10-23 – 2023-10-29
  `${BEGIN}${iso('from_')}(?:${TO}|\\s*/\\s*)${iso('to_')}${END}`,
  // 23–29 октября 2023, 30 October – 5 November 2023
  `${BEGIN}${day('from_')}(?:\\s${monthName('from_')}(?:\\s${year('from_')})?)?${TO}${day('to_')}\\s${monthName('to_')},?\\s${year('to_')}${END}`,
  // October 23–29, 2023; October 30 – November 5, 2023
  `\\b${monthName('from_')}\\s${day('from_')}(?:,?\\s${year('from_')})?${TO}(?:${monthName('to_')}\\s)?${day('to_')},?\\s${year('to_')}${END}`,
];

const DATES = [
  // 29.08.2023, also before a time
  `${BEGIN}${day('')}${DOT}${month('')}${DOT}${year('')}${END}`,
  // 2023-08-29
  `${BEGIN}${iso('')}${END}`,
  // June 15, 2020
  `\\b${monthName('')}\\s${day('')},?\\s${year('')}${END}`,
  // 15 June 2020, 15 июня 2020
  `${BEGIN}${day('')}\\s${monthName('')},?\\s${year('')}${END}`,
];

const compile = (pattern: string): RegExp => new RegExp(pattern, 'iu');
const BUILT_IN = { range: RANGES.map(compile), date: DATES.map(compile) };

/** The regular expressions that find a period for a rule, best first: the declared one, or the built-in ones. */
export function patternsFor(rule: PeriodRule, declared: string | undefined): readonly RegExp[] {
  if (declared !== undefined) return [compile(declared)];
  return rule === 'range_end' ? BUILT_IN.range : BUILT_IN.date;
}

/** What a message says was looked for. */
export function describePattern(rule: PeriodRule, declared: string | undefined): string {
  if (declared !== undefined) return `the pattern /${declared}/`;
  return rule === 'range_end' ? 'a range of days such as "23.10-29.10.2023"' : 'a date such as "29.10.2023"';
}

/** What is wrong with a declared pattern, or null. */
export function patternProblem(rule: PeriodRule, pattern: string): string | null {
  let groups: readonly string[];
  try {
    compile(pattern);
    // With an empty alternative it matches '', and a match has the names of all groups.
    groups = Object.keys(compile(`${pattern}|`).exec('')?.groups ?? {});
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const needed = rule === 'range_end' ? ['from_day', 'to_day', 'to_month', 'to_year'] : ['day', 'month', 'year'];
  const missing = needed.filter((name) => !groups.includes(name));
  if (missing.length === 0) return null;
  return `the pattern lacks the named group${missing.length === 1 ? '' : 's'} ${missing.join(', ')}, such as (?<${missing[0]}>\\d+); rule ${rule} needs ${needed.join(', ')}`;
}
