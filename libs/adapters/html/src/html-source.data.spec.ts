import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDuckDbWorkspace } from '@weir/adapter-duckdb';
import type { RawExtraction, Workspace } from '@weir/pipeline';
import { htmlOptions } from './html-options.js';
import { htmlSource } from './html-source.js';

/** Real pages, kept beside the repository; see the README there. */
const data = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url));

let folder: string;
let workspace: Workspace;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-html-'));
  workspace = await openDuckDbWorkspace({ scratch: folder, memoryLimit: '200MB', threads: 1 });
});
afterAll(async () => {
  await workspace.close();
  await rm(folder, { recursive: true });
});

type Row = { [column: string]: string | null };

async function read(file: string, options: object, wanted: string[]): Promise<RawExtraction & { rows: Row[] }> {
  const checked = htmlOptions.parse({ url: file, ...options });
  const [item] = await htmlSource.items(checked, join(data, 'pages'));
  const found = await htmlSource.read(checked, [{ name: item!.name, path: item!.location }], wanted, workspace);
  const rows = await workspace.query<Row>(`SELECT * FROM ${found.relation} ORDER BY _row`);
  return { ...found, rows };
}

const rawText = (file: string): Promise<string> => readFile(join(data, file), 'utf8');

/** The lines of a CSV file that quotes nothing, without its header. */
async function linesOf(file: string): Promise<string[][]> {
  const [, ...lines] = (await rawText(file)).trim().split('\n');
  return lines.map((line) => line.split(','));
}

/** The cells of a piece of HTML, read without a parser: row by row, tags taken out. */
function cellsOf(html: string): string[][] {
  return html
    .split(/<tr\b/)
    .slice(1)
    .map((row) =>
      [...row.matchAll(/<t[dh]\b[^>]*>([^]*?)<\/t[dh]>/g)].map((cell) =>
        cell[1]!
          .replace(/<br[^>]*>|&nbsp;/g, ' ')
          .replace(/<[^>]*>/g, '')
          .replace(/\s+/g, ' ')
          .trim(),
      ),
    );
}

const figure = (text: string | null | undefined): number => Number((text ?? '').replace(/[ ,+]/g, '') || '0');
const sum = (rows: Row[], column: string): number => rows.reduce((total, row) => total + figure(row[column]), 0);

describe('the weekly page of 2023-10-29', () => {
  const file = 'weekly_regions_2023-10-29.html';
  const headers = ['Наименование субъекта', 'Госпитализировано', 'Выздоровело', 'Выявлено', 'Умерло'];
  const [region, ...metrics] = headers as [string, ...string[]];
  const options = { table: { selector: '.u-table-cv table' }, period: { selector: 'h3', rule: 'range_end' } };

  it('gives each row as it stands on the page, with its week', async () => {
    const { rows, columns, warnings, rejects } = await read(file, options, [...headers, 'period_end']);
    const expected = cellsOf(await rawText(`pages/${file}`));
    expect(expected[0]).toEqual(headers);
    expect(rows).toHaveLength(94);
    expect(rows.map((row) => headers.map((header) => row[header]))).toEqual(expected.slice(1));
    expect(rows.map((row) => Number(row['_row']))).toEqual(rows.map((_, index) => index + 2));
    expect(new Set(rows.map((row) => `${row['period_start']}..${row['period_end']}`))).toEqual(
      new Set(['2023-10-23..2023-10-29']),
    );
    expect(columns).toEqual([...headers, 'period_start', 'period_end']);
    expect(warnings).toEqual([]);
    expect(rejects).toBeUndefined();
  });

  it('holds the country, 8 districts and 85 regions that add up', async () => {
    const { rows } = await read(file, options, headers);
    const [country, ...parts] = rows;
    const districts = parts.filter((row) => row[region]!.endsWith('федеральный округ'));
    const regions = parts.filter((row) => !districts.includes(row));
    expect([districts.length, regions.length]).toEqual([8, 85]);
    const known = (await linesOf('regions.csv')).map(([, name]) => name);
    expect(new Set(regions.map((row) => row[region]))).toEqual(new Set(known));
    for (const metric of metrics) {
      expect(sum(districts, metric)).toBe(figure(country![metric]));
      expect(sum(regions, metric)).toBe(figure(country![metric]));
    }
  });

  it('is refused when a header that is needed is another', async () => {
    await expect(read(file, options, [region, 'Заболело'])).rejects.toMatchObject({
      code: 'table_not_found',
      message: expect.stringMatching(/"Заболело".*"Наименование субъекта", "Госпитализировано"/),
    });
  });
});

describe('the overview page of 2023-08-29', () => {
  const file = 'spread_overview_2023-08-29.html';
  const place = { selector: 'cv-spread-overview' };
  // The page has codes of its own for four regions.
  const ISO_CODES: { [code: string]: string } = {
    'RU-CR': 'UA-43',
    'RU-SEV': 'UA-40',
    'RU-TT': 'RU-TA',
    'RU-GA': 'RU-AL',
  };
  const options = {
    json: { ...place, attribute: ':spread-data' },
    period: { ...place, attribute: 'global-stat-date', rule: 'last_sunday_before' },
  };

  it("gives the figures of the week's history, and the Sunday they end on", async () => {
    const { rows } = await read(file, options, ['code', 'sick_incr', 'healed_incr', 'died_incr', 'period_end']);
    expect(rows).toHaveLength(85);
    const week = new Map(
      (await linesOf('history/russia_regions_weekly.csv'))
        .filter(([, weekEnd]) => weekEnd === '2023-08-27')
        .map(([region, ...cells]) => [region, cells]),
    );
    const nameOf = new Map((await linesOf('regions.csv')).map(([code, , name]) => [code, name]));
    const expected = rows.map((row) => {
      const code = row['code']!;
      const [weekEnd, , confirmed, recovered, deaths] = week.get(nameOf.get(ISO_CODES[code] ?? code)) ?? [];
      return [weekEnd, confirmed, recovered, deaths];
    });
    expect(rows.map((row) => [row['period_end'], row['sick_incr'], row['healed_incr'], row['died_incr']])).toEqual(
      expected,
    );
  });

  it('reads nested fields, and numbers as they are written', async () => {
    const { rows } = await read(file, options, ['code', 'sick', 'immune_percent', 'isolation.level', 'is_city']);
    const raw = /:spread-data='([^']*)'/.exec(await rawText(`pages/${file}`))![1]!;
    const written = (key: string): string[] =>
      [...raw.matchAll(new RegExp(`"${key}":"?([^,"}]*)`, 'g'))].map((match) => match[1]!);
    expect(rows.map((row) => row['sick'])).toEqual(written('sick'));
    expect(rows.map((row) => row['immune_percent'])).toEqual(written('immune_percent'));
    expect(rows.map((row) => row['isolation.level'])).toEqual(written('level'));
    expect(rows.map((row) => row['is_city'])).toEqual(written('is_city'));
  });
});

describe('the page of states', () => {
  const file = 'us_states_table.html';
  const wanted = ['USA State', 'New Cases', 'New Deaths'];
  const updated = { selector: 'div', pattern: 'Last updated: (?<month>\\p{L}+) (?<day>\\d+), (?<year>\\d{4})' };

  it.each([
    ['today', 'date', '2020-06-15'],
    ['yesterday', 'day_before', '2020-06-14'],
  ])('gives the table of %s', async (day, rule, end) => {
    const id = `usa_table_countries_${day}`;
    const { rows } = await read(file, { table: { selector: `#${id}` }, period: { ...updated, rule } }, wanted);
    const html = await rawText(`pages/${file}`);
    const start = html.indexOf(`<table id="${id}"`);
    const [headers, ...expected] = cellsOf(html.slice(start, html.indexOf('</table>', start)));
    expect(headers!.slice(0, 5)).toEqual(['USA State', 'Total Cases', 'New Cases', 'Total Deaths', 'New Deaths']);
    expect(rows).toHaveLength(64);
    expect(rows.map((row) => wanted.map((column) => row[column] ?? ''))).toEqual(
      expected.map((cells) => [cells[0], cells[2], cells[4]]),
    );
    expect(new Set(rows.map((row) => row['period_end']))).toEqual(new Set([end]));
  });

  it('has states that add up to the totals above and below them', async () => {
    const { rows } = await read(file, { table: { selector: '#usa_table_countries_today' } }, wanted);
    const [above, ...rest] = rows;
    const below = rest.pop();
    expect([above!['USA State'], below!['USA State']]).toEqual(['USA Total', 'Total:']);
    for (const metric of ['New Cases', 'New Deaths']) {
      expect(figure(above![metric])).toBe(figure(below![metric]));
      expect(sum(rest, metric)).toBe(figure(above![metric]));
    }
    expect(rest.some((row) => row['New Cases'] === null)).toBe(true);
  });

  it('is refused while the selector leaves both days open', async () => {
    await expect(read(file, { table: { selector: '.usa_table_countries' } }, wanted)).rejects.toMatchObject({
      code: 'ambiguous_table',
      message: expect.stringContaining('#usa_table_countries_today'),
    });
  });

  it('finds the date of the page without a pattern of its own', async () => {
    const period = { selector: 'div[style*="color:#999"]', rule: 'date' };
    const { rows } = await read(file, { table: { selector: '#usa_table_countries_today' }, period }, wanted);
    expect(rows[0]!['period_end']).toBe('2020-06-15');
  });
});
