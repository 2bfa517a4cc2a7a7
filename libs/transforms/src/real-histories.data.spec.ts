/**
 * The rules over real histories, against the same figures computed here with split lines and loops. Real: DuckDB, the
 * mapping, both transforms, the published files.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { filledNames, identifier, literal, mapRecords, type Mapping, type Workspace } from '@weir/pipeline';
import type { RecordSchema } from '@weir/record';
import { clearWorkspace, openScratchWorkspace } from '../test/relations.js';
import { forwardFill } from './forward-fill/forward-fill.transform.js';
import { spreadWeekly } from './spread-weekly/spread-weekly.transform.js';

const folder = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));

type Cells = { readonly [column: string]: string };
/** What a series comes to: how many days, and for each metric its sum, days without a figure and days filled. */
type Totals = { [metric: string]: { days: number; sum: number; blank: number; filled: number } };

let workspace: Workspace;
beforeAll(async () => {
  workspace = await openScratchWorkspace();
});
beforeEach(() => clearWorkspace(workspace));
afterAll(() => workspace.close());

/** The rows of a CSV file whose quoted cells hold no quotes. */
function rowsOfFile(file: string): Cells[] {
  const [header = [], ...lines] = readFileSync(`${folder}${file}`, 'utf8')
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,"]*))/g)].map((cell) => cell[1] ?? cell[2] ?? ''));
  return lines.map((cells) => Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ''])));
}

function bySeries(rows: readonly Cells[], series: string, time: string): Map<string, Cells[]> {
  const groups = new Map<string, Cells[]>();
  for (const row of rows) groups.set(row[series]!, [...(groups.get(row[series]!) ?? []), row]);
  for (const group of groups.values()) group.sort((a, b) => (a[time]! < b[time]! ? -1 : 1));
  return groups;
}

const dayNumber = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
const figure = (text: string | undefined) => (text === undefined || text === '' ? null : Number(text));

/** Reads and maps a file; `columns` gives the file's column for each metric. */
async function recordsOf(
  file: string,
  series: string,
  time: string,
  columns: { readonly [metric: string]: string },
  more: Partial<Mapping> & { label?: string } = {},
) {
  const { label, ...rest } = more;
  const schema: RecordSchema = {
    series: ['region'],
    labels: ['region_name'],
    time: 'date',
    metrics: Object.keys(columns),
  };
  const raw = workspace.fresh('raw');
  await workspace.run(
    `CREATE TABLE ${raw} AS SELECT 'history.csv' AS _file, row_number() OVER () + 1 AS _row, *
     FROM read_csv(${literal(`${folder}${file}`)}, all_varchar = true, header = true)`,
  );
  const column = (from: string) => ({ from, value: null, format: null, dictionary: null });
  const mapping: Mapping = {
    columns: {
      region: column(series),
      ...(label ? { region_name: column(label) } : {}),
      date: column(time),
      ...Object.fromEntries(Object.entries(columns).map(([metric, from]) => [metric, column(from)])),
    },
    ignore: [],
    cumulative: null,
    total: null,
    figures: { decimal: '.', blank: [] },
    unknown: 'fail',
    ...rest,
  };
  const names = (await workspace.columns(raw)).slice(2);
  const mapped = await mapRecords({ relation: raw, columns: names, warnings: [] }, mapping, schema, workspace);
  expect(await workspace.query(`SELECT * FROM ${mapped.rejects} LIMIT 3`)).toEqual([]);
  expect(mapped.warnings).toEqual([]);
  return { relation: mapped.relation, schema };
}

async function spreadThenFill(
  { relation, schema }: { relation: string; schema: RecordSchema },
  options: object,
): Promise<string> {
  const context = { workspace, schema };
  const spread = await spreadWeekly.apply(relation, spreadWeekly.options.parse(options), context);
  if (spread.rejects) expect(await workspace.query(`SELECT * FROM ${spread.rejects}`)).toEqual([]);
  const filled = await forwardFill.apply(spread.relation, {}, context);
  const result = workspace.fresh('result');
  await workspace.run(
    `CREATE TABLE ${result} AS SELECT * REPLACE (${filledNames(schema)} AS filled) FROM ${filled.relation}`,
  );
  const [twice] = await workspace.query(`SELECT region, date FROM ${result} GROUP BY ALL HAVING count(*) > 1 LIMIT 1`);
  expect(twice).toBeUndefined();
  return result;
}

async function totalsOf(relation: string, metrics: readonly string[]): Promise<Map<string, Totals>> {
  const totals = new Map<string, Totals>();
  for (const metric of metrics) {
    const of = identifier(metric);
    const rows = await workspace.query<Totals[string] & { region: string }>(
      `SELECT region, count(*) AS days, coalesce(sum(${of}), 0) AS sum, count(*) - count(${of}) AS blank,
         count(*) FILTER (list_contains(filled, ${literal(metric)})) AS filled
       FROM ${relation} GROUP BY region`,
    );
    for (const { region, ...found } of rows) totals.set(region, { ...totals.get(region), [metric]: found });
  }
  return totals;
}

function expectTotals(found: Map<string, Totals>, wanted: Map<string, Totals>): void {
  expect([...found.keys()].sort()).toEqual([...wanted.keys()].sort());
  for (const [region, metrics] of wanted) {
    for (const [metric, { sum, ...counts }] of Object.entries(metrics)) {
      const { sum: foundSum, ...foundCounts } = found.get(region)![metric]!;
      expect([region, metric, foundCounts]).toEqual([region, metric, counts]);
      expect(Math.abs(foundSum - sum)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(sum)));
    }
  }
}

const figuresOn = (relation: string, region: string, days: readonly string[]) =>
  workspace.query(
    `SELECT * EXCLUDE (region, region_name, source, _file, _row) FROM ${relation}
     WHERE region = ? AND date IN (${days.map((day) => `DATE ${literal(day)}`).join(', ')}) ORDER BY date`,
    [region],
  );

it('Germany: daily to 2023-05-14, then Sunday sums', async () => {
  const file = 'history/germany_daily_then_weekly.csv';
  const wanted = new Map<string, Totals>();
  for (const [region, rows] of bySeries(rowsOfFile(file), 'region', 'date')) {
    const days = rows.reduce((count, row) => count + (row.date! <= '2023-05-14' ? 1 : 7), 0);
    wanted.set(region, {
      cases: { days, sum: rows.reduce((sum, row) => sum + Number(row.cases), 0), blank: 0, filled: 0 },
    });
  }
  const records = await recordsOf(file, 'region', 'date', { cases: 'cases' });
  const result = await spreadThenFill(records, { cut: { default: '2023-05-14', series: {} } });
  expectTotals(await totalsOf(result, ['cases']), wanted);
  expect(await figuresOn(result, '00+', ['2023-05-14', '2023-05-15', '2023-05-21', '2023-05-22'])).toEqual([
    { date: '2023-05-14', cases: 145, basis: 'reported', filled: [] },
    { date: '2023-05-15', cases: 4379 / 7, basis: 'spread', filled: [] },
    { date: '2023-05-21', cases: 4379 / 7, basis: 'spread', filled: [] },
    { date: '2023-05-22', cases: 4301 / 7, basis: 'spread', filled: [] },
  ]);
  // No row of its own is there on 2023-05-15, so that a cut on that day takes nothing away from the week's seven shares.
  const later = await spreadThenFill(records, { cut: '2023-05-15' });
  expect(await workspace.query(`SELECT count(*) AS n FROM (FROM ${later} EXCEPT FROM ${result})`)).toEqual([{ n: 0 }]);
});

it('Canada: provinces turn to lumps one by one, with zeros between', async () => {
  const file = 'history/canada_cases_pt.csv';
  const wanted = new Map<string, Totals>();
  const cuts: { [region: string]: string } = {};
  for (const [region, rows] of bySeries(rowsOfFile(file), 'region', 'date')) {
    // The last day on which figures still came day after day.
    const last = rows.findLastIndex(
      (row, at) => Number(row.value_daily) !== 0 && Number(rows[at - 1]?.value_daily ?? 0) !== 0,
    );
    cuts[region] = rows[last]!.date!;
    const lumps = rows.slice(last + 1).filter((row) => Number(row.value_daily) !== 0);
    const counted = [...rows.slice(0, last + 1), ...lumps];
    // No province skips a day before its cut, and from there lumps cover every day up to the last of them.
    const days = dayNumber(counted.at(-1)!.date!) - dayNumber(rows[0]!.date!) + 1;
    const sum = counted.reduce((total, row) => total + Number(row.value_daily), 0);
    wanted.set(region, { cases: { days, sum, blank: 0, filled: 0 } });
  }
  expect(cuts).toMatchObject({ SK: '2022-02-06', MB: '2022-03-26', NS: '2023-05-22', AB: '2023-08-28' });
  const records = await recordsOf(file, 'region', 'date', { cases: 'value_daily' });
  const result = await spreadThenFill(records, {
    cut: { default: 'none', series: cuts },
    span: 'since_previous',
    zero_between_weeks: 'ignore',
  });
  expectTotals(await totalsOf(result, ['cases']), wanted);
  expect(await figuresOn(result, 'SK', ['2022-02-06', '2022-02-07', '2022-02-12'])).toEqual([
    { date: '2022-02-06', cases: 733, basis: 'reported', filled: [] },
    { date: '2022-02-07', cases: 2522 / 6, basis: 'spread', filled: [] },
    { date: '2022-02-12', cases: 2522 / 6, basis: 'spread', filled: [] },
  ]);
  expect(await figuresOn(result, 'NS', ['2023-05-23', '2023-06-01'])).toEqual([
    { date: '2023-05-23', cases: 195 / 9, basis: 'spread', filled: [] },
    { date: '2023-06-01', cases: 460 / 30, basis: 'spread', filled: [] },
  ]);
});

it('Russia: weeks of 85 regions from a Monday on, with a step of 13 days', async () => {
  const file = 'history/russia_regions_weekly.csv';
  const metrics = ['confirmed', 'recovered', 'deaths', 'hospitalised'];
  const regions = rowsOfFile('regions.csv');
  const entries = Object.fromEntries(
    regions.map((row) => [row.name_in_weekly_history!, { code: row.code!, name: row.name_on_weekly_page! }]),
  );
  const wanted = new Map<string, Totals>();
  for (const [name, rows] of bySeries(rowsOfFile(file), 'region', 'week_end')) {
    const totals: Totals = {};
    for (const metric of metrics) {
      const given = rows.map((row) => figure(row[metric])).filter((value) => value !== null);
      const sum = given.reduce((total, value) => total + value, 0);
      totals[metric] = { days: 7 * rows.length, sum, blank: 7 * (rows.length - given.length), filled: 0 };
    }
    wanted.set(entries[name]!.code, totals);
  }
  const columns = Object.fromEntries(metrics.map((metric) => [metric, metric]));
  const column = { value: null, format: null };
  const records = await recordsOf(file, 'region', 'week_end', columns, {
    columns: {
      region: { ...column, from: 'region', dictionary: { name: 'regions', entries } },
      date: { ...column, from: 'week_end', dictionary: null },
      ...Object.fromEntries(metrics.map((metric) => [metric, { ...column, from: metric, dictionary: null }])),
    },
  });
  const result = await spreadThenFill(records, { cut: 'all' });
  expectTotals(await totalsOf(result, metrics), wanted);
  const [whole] = await workspace.query(
    `SELECT count(DISTINCT region) AS regions, count(*) AS days, min(date) AS first, max(date) AS last FROM ${result}`,
  );
  expect(whole).toEqual({ regions: 85, days: 16_490 * 7, first: '2020-01-28', last: '2023-10-22' });
  expect(
    await figuresOn(result, 'RU-TA', ['2020-02-03', '2020-02-04', '2020-02-09', '2020-02-10', '2022-01-30']),
  ).toEqual([
    { date: '2020-02-03', confirmed: 0, recovered: 0, deaths: 0, hospitalised: null, basis: 'spread', filled: [] },
    { date: '2020-02-10', confirmed: 1 / 7, recovered: 0, deaths: 0, hospitalised: null, basis: 'spread', filled: [] },
    {
      date: '2022-01-30',
      confirmed: 3340 / 7,
      recovered: 118,
      deaths: 26 / 7,
      hospitalised: 2358 / 7,
      basis: 'spread',
      filled: [],
    },
  ]);
});

it('Russia: running totals of 2020, whose regions add up to the country on every day', async () => {
  const file = 'history/russia_regions_daily_cumulative.csv';
  const metrics = ['sick', 'healed', 'died'];
  const wanted = new Map<string, Totals>();
  const corrections: { [metric: string]: number } = {};
  for (const [region, rows] of bySeries(rowsOfFile(file), 'region_id', 'date')) {
    if (region === '99') continue;
    const totals: Totals = {};
    for (const metric of metrics) {
      const figures = rows.map((row) => Number(row[metric]));
      totals[metric] = { days: rows.length, sum: figures.at(-1)! - figures[0]!, blank: 1, filled: 0 };
      const down = figures.filter((value, at) => at > 0 && value < figures[at - 1]!).length;
      corrections[metric] = (corrections[metric] ?? 0) + down;
    }
    wanted.set(region, totals);
  }
  const records = await recordsOf(
    file,
    'region_id',
    'date',
    { sick: 'sick', healed: 'healed', died: 'died' },
    {
      label: 'region',
      cumulative: { metrics, first: 'null' },
      total: { column: 'region_id', value: '99', metrics },
    },
  );
  const result = await spreadThenFill(records, { cut: 'none' });
  expectTotals(await totalsOf(result, metrics), wanted);
  const [negative] = await workspace.query(
    `SELECT count(*) FILTER (sick < 0) AS sick, count(*) FILTER (healed < 0) AS healed, count(*) FILTER (died < 0) AS died FROM ${result}`,
  );
  expect(negative).toEqual(corrections);
  expect(negative).toEqual({ sick: 2, healed: 0, died: 6 });
  expect(await figuresOn(result, '77', ['2020-03-21', '2020-03-22', '2020-12-31'])).toEqual([
    { date: '2020-03-21', sick: null, healed: null, died: null, basis: 'reported', filled: [] },
    { date: '2020-03-22', sick: 71, healed: 1, died: 0, basis: 'reported', filled: [] },
    { date: '2020-12-31', sick: 6566, healed: 6076, died: 73, basis: 'reported', filled: [] },
  ]);
});

it('WHO: weeks of 240 countries, blank weeks filled with the last daily share', async () => {
  const file = 'history/who_weekly_2025-06.csv';
  const columns = { cases: 'New_cases', deaths: 'New_deaths' };
  const wanted = new Map<string, Totals>();
  for (const [region, rows] of bySeries(rowsOfFile(file), 'Country_code', 'Date_reported')) {
    const totals: Totals = {};
    for (const [metric, from] of Object.entries(columns)) {
      const found = { days: 7 * rows.length, sum: 0, blank: 0, filled: 0 };
      let last: number | null = null;
      for (const row of rows) {
        const week = figure(row[from]);
        if (week === null && last !== null) found.filled += 7;
        last = week ?? last;
        if (last === null) found.blank += 7;
        else found.sum += last;
      }
      totals[metric] = found;
    }
    wanted.set(region, totals);
  }
  const records = await recordsOf(file, 'Country_code', 'Date_reported', columns, { label: 'Country' });
  const result = await spreadThenFill(records, { cut: 'all' });
  expectTotals(await totalsOf(result, ['cases', 'deaths']), wanted);
  expect([wanted.size, await workspace.query(`SELECT count(*) AS n FROM ${result}`)]).toEqual([
    240,
    [{ n: 67_920 * 7 }],
  ]);
  expect(await figuresOn(result, 'AF', ['2020-02-23', '2020-03-08', '2020-03-09'])).toEqual([
    { date: '2020-02-23', cases: null, deaths: null, basis: 'spread', filled: [] },
    { date: '2020-03-08', cases: 1 / 7, deaths: null, basis: 'spread', filled: ['cases'] },
    { date: '2020-03-09', cases: 6 / 7, deaths: null, basis: 'spread', filled: [] },
  ]);
});
