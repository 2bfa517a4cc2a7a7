import { WeirError } from '@weir/pipeline';
import { dayOf, isoDay, lastSundayBefore, monthOf, type Day } from './calendar.js';
import type { PeriodOptions } from './html-options.js';
import type { Page } from './page.js';
import { describePattern, patternsFor } from './period-pattern.js';
import { attributeOf, fold, quoteAll, textOf } from './text.js';

/** First and last day, `YYYY-MM-DD`. */
export interface Period {
  readonly start: string;
  readonly end: string;
}

const DAYS_A_WEEK = 7;

type Groups = { readonly [name: string]: string | undefined };

/**
 * The days that the page's figures are of.
 * @throws WeirError `period_not_found`, `period_invalid` (no day of the calendar), `period_not_a_week`
 */
export function readPeriod(page: Page, options: PeriodOptions): Period {
  const { text, match } = find(page, options);
  const groups = match.groups ?? {};
  const refuse = (code: string, problem: string): WeirError =>
    new WeirError(
      code,
      `${page.name}: the period "${match[0]}" at "${options.selector}" ${problem}; found in ${quoteAll([text])}`,
      { details: { file: page.name, selector: options.selector, found: match[0] } },
    );

  if (options.rule === 'range_end') {
    const { start, end } = rangeOf(groups, refuse);
    const days = end - start + 1;
    if (options.days === 'week' && days !== DAYS_A_WEEK) {
      throw refuse('period_not_a_week', `spans ${days} days, expected ${DAYS_A_WEEK} (or declare \`days: any\`)`);
    }
    return { start: isoDay(start), end: isoDay(end) };
  }

  const date = dayOf(Number(groups['year']), monthOf(groups['month'] ?? ''), Number(groups['day']));
  if (date === null) throw refuse('period_invalid', 'is no day of the calendar');
  if (options.rule === 'last_sunday_before') {
    const sunday = lastSundayBefore(date);
    return { start: isoDay(sunday - DAYS_A_WEEK + 1), end: isoDay(sunday) };
  }
  const day = isoDay(options.rule === 'day_before' ? date - 1 : date);
  return { start: day, end: day };
}

/** The first element whose text matches, and the match. */
function find(page: Page, options: PeriodOptions): { text: string; match: RegExpExecArray } {
  const { selector, attribute, rule } = options;
  const elements = page.$.root().find(selector).toArray();
  const texts = elements
    .map((element) => (attribute === undefined ? textOf(element) : fold(attributeOf(element, attribute) ?? '')))
    .filter((text) => text !== '');
  const patterns = patternsFor(rule, options.pattern);
  for (const text of texts) {
    for (const pattern of patterns) {
      const match = pattern.exec(text);
      if (match) return { text, match };
    }
  }
  const place = attribute === undefined ? `"${selector}"` : `the attribute ${attribute} of "${selector}"`;
  const found =
    elements.length === 0
      ? 'no element matches the selector'
      : texts.length === 0
        ? `${elements.length} elements match the selector, all without ${attribute === undefined ? 'text' : 'it'}`
        : `found ${quoteAll(texts)}`;
  throw new WeirError(
    'period_not_found',
    `${page.name}: expected ${describePattern(rule, options.pattern)} at ${place}, ${found}; adapt period.selector or period.pattern to the page`,
    { details: { file: page.name, selector, found: texts.map((text) => text.slice(0, 200)).slice(0, 10) } },
  );
}

/** A range's days; where its first date has no month or no year of its own, it has those of the last. */
function rangeOf(groups: Groups, refuse: (code: string, problem: string) => WeirError): { start: Day; end: Day } {
  const toMonth = monthOf(groups['to_month'] || groups['from_month'] || '');
  const fromMonth = monthOf(groups['from_month'] || groups['to_month'] || '');
  const toYear = Number(groups['to_year']);
  // "27.12-02.01.2024": December is the year before's.
  const fromYear = Number(groups['from_year'] || (fromMonth > toMonth ? toYear - 1 : toYear));
  const start = dayOf(fromYear, fromMonth, Number(groups['from_day']));
  const end = dayOf(toYear, toMonth, Number(groups['to_day']));
  if (start === null || end === null) throw refuse('period_invalid', 'names a day that the calendar does not have');
  if (start > end) throw refuse('period_invalid', 'ends before it begins');
  return { start, end };
}
