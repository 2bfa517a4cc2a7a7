import { load } from 'cheerio';
import type { PeriodOptions } from './html-options.js';
import type { Page } from './page.js';
import { readPeriod } from './period.js';

const page = (html: string): Page => ({ name: 'page.html', $: load(html) });
const week: PeriodOptions = { selector: 'h3', rule: 'range_end', days: 'week' };
const date: PeriodOptions = { selector: 'h3', rule: 'date', days: 'week' };

describe('a week', () => {
  const DASHES = ['-', '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212'];
  it.each(DASHES.map((dash) => [dash.codePointAt(0)!.toString(16), dash]))('is read with the dash U+%s', (_, dash) => {
    for (const text of [
      `23.10${dash}29.10.2023`,
      `(23.10${dash} 29.10.2023)`,
      `23.10&nbsp;${dash}&nbsp;29.10.2023 г.`,
    ]) {
      expect(readPeriod(page(`<h3>Week 43 of 2023 ${text}</h3>`), week)).toEqual({
        start: '2023-10-23',
        end: '2023-10-29',
      });
    }
  });

  it.each([
    ['23.10.2023 - 29.10.2023', '2023-10-23', '2023-10-29'],
    ['23-29.10.2023', '2023-10-23', '2023-10-29'],
    ['27.12-02.01.2024', '2023-12-27', '2024-01-02'],
    ['27.12.2023-2.1.2024', '2023-12-27', '2024-01-02'],
    ['26.2 – 3.3.2024', '2024-02-26', '2024-03-03'],
    ['с 23.10 по 29.10.2023', '2023-10-23', '2023-10-29'],
    ['с 23 по 29 октября 2023 года', '2023-10-23', '2023-10-29'],
    ['23–29 октября 2023', '2023-10-23', '2023-10-29'],
    ['29 мая — 4 июня 2023', '2023-05-29', '2023-06-04'],
    ['27 December – 2 January 2024', '2023-12-27', '2024-01-02'],
    ['October 23 to 29, 2023', '2023-10-23', '2023-10-29'],
    ['Oct. 30 – Nov. 5, 2023', '2023-10-30', '2023-11-05'],
    ['2023-10-23 – 2023-10-29', '2023-10-23', '2023-10-29'],
    ['2023-10-23/2023-10-29', '2023-10-23', '2023-10-29'],
  ])('is read from %s', (text, start, end) => {
    expect(readPeriod(page(`<h3>${text}</h3>`), week)).toEqual({ start, end });
  });

  it('comes from the first element that names one', () => {
    const html = '<h3>News</h3><h3></h3><h3>(01.01- 07.01.2024)</h3><h3>(25.12- 31.12.2023)</h3>';
    expect(readPeriod(page(html), week)).toEqual({ start: '2024-01-01', end: '2024-01-07' });
  });

  it('is refused unless it has seven days', () => {
    const html = '<h3>23.10-30.10.2023</h3>';
    expect(() => readPeriod(page(html), week)).toThrow(
      expect.objectContaining({ code: 'period_not_a_week', message: expect.stringContaining('spans 8 days') }),
    );
    expect(readPeriod(page(html), { ...week, days: 'any' })).toEqual({ start: '2023-10-23', end: '2023-10-30' });
  });

  it.each(['25.02-31.02.2023', '23.13-29.13.2023', '29.10-23.10.2023', '30–5 ноября 2023', '29.10.2023-23.10.2023'])(
    'is refused where %s cannot be',
    (text) => {
      expect(() => readPeriod(page(`<h3>${text}</h3>`), { ...week, days: 'any' })).toThrow(
        expect.objectContaining({ code: 'period_invalid', message: expect.stringContaining(text) }),
      );
    },
  );
});

describe('a date', () => {
  it.each([
    ['29.08.2023 11:00:00', '2023-08-29'],
    ['9.8.2023', '2023-08-09'],
    ['2023-08-29', '2023-08-29'],
    ['2023-08-29T11:00:00Z', '2023-08-29'],
    ['Last updated: June 15, 2020, 21:39 GMT', '2020-06-15'],
    ['15 June 2020', '2020-06-15'],
    ['на 15 июня 2020 г.', '2020-06-15'],
  ])('is read from %s', (text, day) => {
    expect(readPeriod(page(`<h3>${text}</h3>`), date)).toEqual({ start: day, end: day });
  });

  it('is read from an attribute', () => {
    const html = '<x-map global-stat-date="29.08.2023 11:00:00"></x-map>';
    const options = { ...date, selector: 'x-map', attribute: 'global-stat-date' };
    expect(readPeriod(page(html), options)).toEqual({ start: '2023-08-29', end: '2023-08-29' });
  });

  it('stands for the week up to the Sunday before it', () => {
    expect(readPeriod(page('<h3>29.08.2023</h3>'), { ...date, rule: 'last_sunday_before' })).toEqual({
      start: '2023-08-21',
      end: '2023-08-27',
    });
  });

  it('stands for the day before it', () => {
    expect(readPeriod(page('<h3>01.03.2024</h3>'), { ...date, rule: 'day_before' })).toEqual({
      start: '2024-02-29',
      end: '2024-02-29',
    });
  });

  it.each(['30.02.2023', '00.01.2023', 'June 31, 2020'])('is refused where the calendar has no %s', (text) => {
    expect(() => readPeriod(page(`<h3>${text}</h3>`), date)).toThrow(
      expect.objectContaining({ code: 'period_invalid' }),
    );
  });
});

describe('a pattern of the pipeline', () => {
  it('reads a date in an order of its own', () => {
    const pattern = 'updated (?<month>\\d+)/(?<day>\\d+)/(?<year>\\d+)';
    const html = '<h3>Issued 01/02/2021</h3><h3>Updated 06/15/2020</h3>';
    expect(readPeriod(page(html), { ...date, pattern }).end).toBe('2020-06-15');
  });

  it('refuses a year of two digits', () => {
    const pattern = '(?<month>\\d+)/(?<day>\\d+)/(?<year>\\d+)';
    expect(() => readPeriod(page('<h3>06/15/20</h3>'), { ...date, pattern })).toThrow(
      expect.objectContaining({ code: 'period_invalid' }),
    );
  });
});

describe('a period that is not on the page', () => {
  it('is an error that says what was searched and what was found', () => {
    const html = `<h3>Figures of the week</h3><h3>${'x'.repeat(500)}</h3>`;
    let message = '';
    try {
      readPeriod(page(html), week);
    } catch (error) {
      expect(error).toMatchObject({ code: 'period_not_found' });
      message = (error as Error).message;
    }
    expect(message).toContain('a range of days such as "23.10-29.10.2023" at "h3"');
    expect(message).toContain('"Figures of the week"');
    expect(message).not.toContain('x'.repeat(200));
  });

  it('names its selector, attribute and pattern', () => {
    const options = { ...date, selector: 'time', attribute: 'datetime', pattern: '(?<year>.)(?<month>.)(?<day>.)' };
    expect(() => readPeriod(page('<time>2023-10-29</time>'), options)).toThrow(
      /\/\(\?<year>\.\)\(\?<month>\.\)\(\?<day>\.\)\/ at the attribute datetime of "time"/,
    );
    expect(() => readPeriod(page('<p>2023-10-29</p>'), options)).toThrow(/no element matches the selector/);
  });
});
