import { load } from 'cheerio';
import type { TableOptions } from './html-options.js';
import type { Page } from './page.js';
import { readTable } from './table.js';

const page = (html: string): Page => ({ name: 'page.html', $: load(html) });
const everywhere: TableOptions = { selector: 'body', rows: 'visible' };
const row = (...cells: string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
const table = (...rows: string[]): string => `<table>${rows.join('')}</table>`;

/** The values of the rows read. */
function values(html: string, wanted: string[], options = everywhere): (readonly (string | null)[])[] {
  return readTable(page(html), options, wanted).rows.map((found) => found.values);
}

describe('finding the table', () => {
  it('finds headers in a thead', () => {
    const html = '<table><thead><tr><th>Region<th>Died</thead><tbody><tr><td>North<td>5</table>';
    expect(values(html, ['Died', 'Region'])).toEqual([['5', 'North']]);
  });

  it('finds headers in a row of plain cells, below a title', () => {
    const title = '<tr><td colspan="2">Week 43</td></tr>';
    const html = table(title, row('<b>\n Region </b>', 'New<br>Cases&nbsp;'), row('North', '3&nbsp;781'));
    expect(readTable(page(html), everywhere, ['Region', 'New Cases'])).toEqual({
      rows: [{ number: 3, values: ['North', '3 781'] }],
      rejects: [],
      warnings: [],
    });
  });

  it('takes the table with the headers among others', () => {
    const html = table(row('Date', 'Died'), row('1', '2')) + table(row('Region', 'Died'), row('North', '5'));
    expect(values(html, ['Region', 'Died'])).toEqual([['North', '5']]);
  });

  it('takes the inner of two nested tables', () => {
    const html = table(row(table(row('Region', 'Died'), row('North', '5'))));
    for (const selector of ['body', 'table', 'table table']) {
      expect(values(html, ['Region', 'Died'], { selector, rows: 'visible' })).toEqual([['North', '5']]);
    }
  });

  it('refuses to choose between two', () => {
    const one = (id: string): string => `<table id="${id}">${row('Region')}${row('North')}</table>`;
    expect(() => values(one('today') + one('yesterday'), ['Region'])).toThrow(
      expect.objectContaining({
        code: 'ambiguous_table',
        message: expect.stringContaining('table 1 (#today), table 2 (#yesterday)'),
      }),
    );
    expect(values(one('today') + one('yesterday'), ['Region'], { selector: '#today', rows: 'visible' })).toEqual([
      ['North'],
    ]);
  });

  it('says what was expected and what was found when the headers have changed', () => {
    const html = table(row('Region', 'Cases', 'Deaths'), row('North', '1', '2')) + table(row('a', 'b'));
    expect(() => values(html, ['Region', 'Died'])).toThrow(
      expect.objectContaining({
        code: 'table_not_found',
        message: expect.stringMatching(
          /"Region", "Died".*table 1 with "Region", "Cases", "Deaths", which lacks "Died"; table 2 with "a", "b"/,
        ),
      }),
    );
  });

  it('compares headers by case and as a whole', () => {
    expect(() => values(table(row('region', 'Died last week'), row('North', '5')), ['Region', 'Died'])).toThrow(
      expect.objectContaining({ code: 'table_not_found' }),
    );
  });

  it('says when there is no table at the place', () => {
    const html = `<div class="x"></div>${table(row('Region'))}`;
    expect(() => values(html, ['Region'], { selector: '.x table', rows: 'visible' })).toThrow(
      /no table there \(1 on the whole page\)/,
    );
  });

  it('refuses a header that stands over two columns', () => {
    const html = '<table><tr><th>Region<th colspan=2>Cases</tr><tr><td>North<td>1<td>2</table>';
    expect(() => values(html, ['Region', 'Cases'])).toThrow(
      expect.objectContaining({ code: 'ambiguous_column', message: expect.stringContaining('columns (2, 3)') }),
    );
  });
});

describe('reading the rows', () => {
  const header = row('Region', 'Cases', 'Died');

  it('makes blank cells null and skips blank rows', () => {
    const html = table(header, row('North', '&nbsp;', '5'), row('', '&nbsp;', ' '), '<tr></tr>');
    expect(readTable(page(html), everywhere, ['Region', 'Cases', 'Died'])).toEqual({
      rows: [{ number: 2, values: ['North', null, '5'] }],
      rejects: [],
      warnings: [],
    });
  });

  it('skips rows that the page hides, unless all are asked for', () => {
    const html = `<table>${header}<tr style="background: red; display:none">${row('A', '1', '1').slice(4)}
      <tr hidden>${row('B', '2', '2').slice(4)}${row('C', '3', '3')}
      <tbody style="display: none">${row('D', '4', '4')}</tbody></table>`;
    expect(values(html, ['Region'])).toEqual([['C']]);
    expect(values(html, ['Region'], { selector: 'table', rows: 'all' })).toEqual([['A'], ['B'], ['C'], ['D']]);
  });

  it('numbers rows as they stand on the page, hidden ones too', () => {
    const html = table(header, '<tr hidden><td>A<td>1<td>1</tr>', row('B', '2', '2'));
    expect(readTable(page(html), everywhere, ['Region']).rows).toEqual([{ number: 3, values: ['B'] }]);
  });

  it('rejects a row with too few cells', () => {
    const html = table(header, row('North', '1', '2'), row('South', '1'));
    const { rows, rejects } = readTable(page(html), everywhere, ['Region', 'Died']);
    expect(rows).toHaveLength(1);
    expect(rejects).toEqual([
      {
        number: 3,
        code: 'ragged_row',
        reason: 'found 2 cells, expected at least 3: "Died" is column 3',
        record: '["South","1"]',
      },
    ]);
  });

  it('keeps a short row that has all that is wanted', () => {
    expect(values(table(header, row('South', '1')), ['Region', 'Cases'])).toEqual([['South', '1']]);
  });

  it('leaves out titles between the rows, and says so', () => {
    const title = '<tr><td colspan="3">Districts</td></tr>';
    const { rows, warnings, rejects } = readTable(page(table(header, title, row('N', '1', '2'))), everywhere, [
      'Region',
    ]);
    expect(rows.map(({ number }) => number)).toEqual([3]);
    expect(rejects).toEqual([]);
    expect(warnings).toEqual([{ code: 'title_row', message: expect.stringContaining('"Districts"'), count: 1 }]);
  });

  it('rejects a lone cell that does not span the table', () => {
    const { rejects } = readTable(page(table(header, row('Districts'), row('N', '1', '2'))), everywhere, ['Cases']);
    expect(rejects).toMatchObject([{ number: 2, code: 'ragged_row' }]);
  });

  it('leaves out headers that are repeated between the rows', () => {
    const { rows, warnings } = readTable(page(table(header, row('N', '1', '2'), header)), everywhere, [
      'Region',
      'Died',
    ]);
    expect(rows).toHaveLength(1);
    expect(warnings).toMatchObject([{ code: 'repeated_header', count: 1 }]);
  });

  it('reads headers of two rows and cells that span rows', () => {
    const html = `<table>
      <tr><th rowspan="2">District<th rowspan="2">Region<th colspan="2">Cases</tr>
      <tr><th>New<th>Total</tr>
      <tr><td rowspan="2">North<td>A<td>1<td>10</tr>
      <tr><td>B<td>2<td>20</tr>
      <tr><td>South<td>C<td colspan="2">3</tr></table>`;
    expect(values(html, ['District', 'Region', 'New', 'Total'])).toEqual([
      ['North', 'A', '1', '10'],
      ['North', 'B', '2', '20'],
      ['South', 'C', '3', '3'],
    ]);
  });

  it('lets no cell reach beyond its part of the table, however far it claims to', () => {
    const html = `<table><thead><tr><th rowspan="9">Region<th>Cases</tr></thead>
      <tbody><tr><td rowspan="0">N<td>1</tr><tr><td>2</tr></tbody><tbody><tr><td>S<td>3</tr></tbody></table>`;
    expect(values(html, ['Region', 'Cases'])).toEqual([
      ['N', '1'],
      ['N', '2'],
      ['S', '3'],
    ]);
  });

  it('refuses a table with headers and nothing else', () => {
    expect(() => values(table(header, row('', '', '')), ['Region'])).toThrow(
      expect.objectContaining({ code: 'no_rows', message: expect.stringContaining('found none') }),
    );
    expect(() => values(table(header, row('North')), ['Died'])).toThrow(
      expect.objectContaining({
        code: 'no_rows',
        message: expect.stringContaining('only 1 that cannot be read (row 2'),
      }),
    );
  });
});
