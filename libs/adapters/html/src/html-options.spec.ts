import { htmlOptions } from './html-options.js';

const table = { selector: 'table' };

/** Path and message of what is wrong with the options. */
function problems(options: unknown): string[] {
  const { error } = htmlOptions.safeParse(options);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('options of an html source', () => {
  it('read the visible rows of a table, and weeks, by default', () => {
    expect(htmlOptions.parse({ url: 'page.html', table, period: { selector: 'h3', rule: 'range_end' } })).toEqual({
      url: 'page.html',
      table: { selector: 'table', rows: 'visible' },
      period: { selector: 'h3', rule: 'range_end', days: 'week' },
    });
  });

  it('have either a table or JSON', () => {
    const json = { selector: 'x-map', attribute: ':data' };
    expect(problems({ url: 'page.html' })).toEqual([': found neither']);
    expect(problems({ url: 'page.html', table, json })).toEqual([': found both']);
    expect(problems({ url: 'page.html', json })).toEqual([]);
  });

  it.each(['http://example.org/a', 'https://example.org/a?b=c', 'file:///srv/a.html', '/srv/a.html', 'sample/a.html'])(
    'know the place %s',
    (url) => {
      expect(problems({ url, table })).toEqual([]);
    },
  );

  it.each(['ftp://example.org/a', 'https://', 'file://elsewhere/a', 's3://bucket/a'])('refuse the place %s', (url) => {
    expect(problems({ url, table })).toEqual(['url: no place of a page']);
  });

  it.each([
    ['an unknown key', { url: 'a', table, tabel: 1 }, /^: .*tabel/],
    ['an unknown key of the table', { url: 'a', table: { ...table, row: 'all' } }, /^table: .*row/],
    ['a broken selector', { url: 'a', table: { selector: 'table[a' } }, /^table\.selector: not a CSS selector: /],
    ['a pseudo-class that does not exist', { url: 'a', table: { selector: 'a:nope' } }, /:nope|nope/],
    ['an unknown encoding', { url: 'a', table, encoding: 'utf-9' }, /^encoding: not an encoding/],
  ])('refuse %s', (_, options, message) => {
    expect(problems(options)).toEqual([expect.stringMatching(message)]);
  });

  it.each([
    ['a pattern that does not compile', { rule: 'date', pattern: '(' }, /^period\.pattern: Invalid regular expression/],
    ['a pattern without its groups', { rule: 'date', pattern: '(?<year>\\d+)' }, /lacks the named groups day, month/],
    [
      'a date for a range',
      { rule: 'range_end', pattern: '(?<year>.)(?<month>.)(?<day>.)' },
      /lacks the named groups from_day, to_day, to_month, to_year/,
    ],
    ['days where there is no range', { rule: 'date', days: 'any' }, /^period\.days: days: any needs rule: range_end/],
  ])('refuse %s', (_, period, message) => {
    expect(problems({ url: 'a', table, period: { selector: 'h3', ...period } })).toEqual([
      expect.stringMatching(message),
    ]);
  });

  it('take a pattern with its groups', () => {
    const pattern = '(?<from_day>\\d+)\\.+(?<to_day>\\d+)/(?<to_month>\\d+)/(?<to_year>\\d+)';
    expect(problems({ url: 'a', table, period: { selector: 'h3', rule: 'range_end', pattern } })).toEqual([]);
  });
});
