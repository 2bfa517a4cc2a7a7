import type { Workspace } from '@weir/pipeline';
import type { RecordSchema } from '@weir/record';
import { openScratchWorkspace, relationOf, rowsOf, schema, stateOf, type Row } from '../../test/relations.js';
import { spreadWeekly } from './spread-weekly.transform.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await openScratchWorkspace();
});
afterAll(() => workspace.close());

const CASES: RecordSchema = { ...schema, metrics: ['cases'] };

async function spread(
  rows: readonly Row[],
  options: object,
  { of = CASES, stored }: { of?: RecordSchema; stored?: readonly Row[] } = {},
) {
  const input = await relationOf(workspace, rows, of);
  const context = { workspace, schema: of, ...(stored ? { state: await stateOf(workspace, stored) } : {}) };
  const { relation, rejects } = await spreadWeekly.apply(input, spreadWeekly.options.parse(options), context);
  return {
    relation,
    rows: await rowsOf(workspace, relation, of),
    rejects: rejects ? await workspace.query(`SELECT * FROM ${rejects} ORDER BY file, row`) : [],
  };
}

/** `date cases basis`, one line a row. */
const lines = (rows: readonly Row[]) =>
  rows.map((row) => `${String(row.date)} ${String(row.cases)} ${String(row.basis)}`);

const row = (region: string, date: string, cases: number | null, more: Row = {}): Row => ({
  region,
  date,
  cases,
  ...more,
});
const germany = (date: string, cases: number | null, more?: Row) => row('DEU', date, cases, more);

describe('daily to 2023-05-15 and Sunday sums from 2023-05-21', () => {
  const cut = { cut: '2023-05-15' };

  it('keeps the days up to and including the cut, and spreads the rest of the straddling week over the others', async () => {
    const { rows } = await spread(
      [germany('2023-05-14', 40), germany('2023-05-15', 10), germany('2023-05-21', 85), germany('2023-05-28', 14)],
      cut,
    );
    expect(lines(rows)).toEqual([
      '2023-05-14 40 reported',
      '2023-05-15 10 reported',
      '2023-05-16 12.5 spread',
      '2023-05-17 12.5 spread',
      '2023-05-18 12.5 spread',
      '2023-05-19 12.5 spread',
      '2023-05-20 12.5 spread',
      '2023-05-21 12.5 spread',
      '2023-05-22 2 spread',
      '2023-05-23 2 spread',
      '2023-05-24 2 spread',
      '2023-05-25 2 spread',
      '2023-05-26 2 spread',
      '2023-05-27 2 spread',
      '2023-05-28 2 spread',
    ]);
  });

  it('gives a seventh to each day of a straddling week of which no day was reported', async () => {
    const { rows } = await spread([germany('2023-05-21', 85)], cut);
    expect(rows).toHaveLength(7);
    expect(rows[0]).toEqual({ region: 'DEU', date: '2023-05-15', cases: 85 / 7, basis: 'spread', filled: [] });
  });

  it('lets a blank daily cell in the straddling week take a share', async () => {
    const { rows } = await spread([germany('2023-05-15', null), germany('2023-05-21', 14)], cut);
    expect(lines(rows)).toEqual([15, 16, 17, 18, 19, 20, 21].map((day) => `2023-05-${day} 2 spread`));
  });

  it('calls a row spread if any metric of it is, and keeps the figures that were reported', async () => {
    const { rows } = await spread(
      [germany('2023-05-15', 10, { deaths: null }), germany('2023-05-21', 70, { deaths: 7 })],
      cut,
      { of: schema },
    );
    expect(rows[0]).toEqual({ region: 'DEU', date: '2023-05-15', cases: 10, deaths: 1, basis: 'spread', filled: [] });
    expect(rows[1]).toEqual({ region: 'DEU', date: '2023-05-16', cases: 10, deaths: 1, basis: 'spread', filled: [] });
  });

  it('leaves a reported day of a straddling week its own label, source and place', async () => {
    const { relation } = await spread(
      [
        germany('2023-05-15', 10, { source: 'daily.csv', region_name: 'Deutschland' }),
        germany('2023-05-21', 70, { source: 'weekly.csv', region_name: 'Germany' }),
      ],
      cut,
    );
    const origin = `SELECT region_name AS name, source, _file AS file, _row AS row, count(*) AS days
      FROM ${relation} GROUP BY ALL ORDER BY row`;
    expect(await workspace.query(origin)).toEqual([
      { name: 'Deutschland', source: 'daily.csv', file: 'daily.csv', row: 1, days: 1 },
      { name: 'Germany', source: 'weekly.csv', file: 'weekly.csv', row: 2, days: 6 },
    ]);
  });

  it('rejects a week whose reported days add up to more than the week, and keeps those days', async () => {
    const { rows, rejects } = await spread(
      [germany('2023-05-15', 90, { deaths: 0 }), germany('2023-05-21', 85, { deaths: 7 }), germany('2023-05-28', 14)],
      cut,
      { of: schema },
    );
    expect(rows[0]).toEqual({ region: 'DEU', date: '2023-05-15', cases: 90, deaths: 0, basis: 'reported', filled: [] });
    expect(rows[1]?.date).toBe('2023-05-22');
    expect(rejects).toEqual([
      {
        file: 'history.csv',
        row: 2,
        code: 'negative_remainder',
        reason: 'cases: the days of the week that were reported by themselves add up to more than the week',
        record: '{"region":"DEU","date":"2023-05-21","cases":85.0,"deaths":7.0}',
      },
    ]);
  });

  it('keeps zeros and negative corrections', async () => {
    const { rows } = await spread(
      [germany('2023-05-13', 0), germany('2023-05-14', -3), germany('2023-05-28', -14), germany('2023-06-04', 0)],
      cut,
    );
    expect(rows.map((day) => day.cases)).toEqual([0, -3, ...Array<number>(7).fill(-2), ...Array<number>(7).fill(0)]);
  });

  it('keeps a blank week as seven blank days', async () => {
    const { rows } = await spread([germany('2023-05-28', null)], cut);
    expect(rows.map((day) => day.cases)).toEqual(Array(7).fill(null));
  });

  it('leaves days that no row covers absent', async () => {
    const { rows } = await spread([germany('2023-05-13', 1), germany('2023-05-28', 7), germany('2023-06-11', 7)], cut);
    const days = rows.map((day) => day.date);
    expect(days).toHaveLength(15);
    for (const absent of ['2023-05-14', '2023-05-21', '2023-05-29', '2023-06-04']) expect(days).not.toContain(absent);
  });

  it('refuses overlapping weeks, naming the series, the days and the place', async () => {
    const overlap = spread([germany('2023-05-21', 7), germany('2023-05-27', 7), row('FRA', '2023-05-28', 7)], cut);
    await expect(overlap).rejects.toMatchObject({
      code: 'overlapping_weeks',
      retryable: false,
      message: expect.stringContaining('DEU: 2023-05-21 and 2023-05-27 (history.csv:2)') as string,
    });
  });

  it('refuses daily rows after the cut', async () => {
    await expect(spread([germany('2023-05-16', 1), germany('2023-05-17', 1)], cut)).rejects.toMatchObject({
      code: 'overlapping_weeks',
    });
  });
});

describe('cut', () => {
  it('`all` takes every row for a week, `none` takes none', async () => {
    const week = [germany('2020-02-09', 7)];
    expect((await spread(week, { cut: 'all' })).rows).toHaveLength(7);
    expect(lines((await spread(week, { cut: 'none' })).rows)).toEqual(['2020-02-09 7 reported']);
  });

  it('may differ from series to series', async () => {
    const cut = { default: '2023-05-15', series: { FRA: 'none', ITA: 'all' } };
    const { rows } = await spread(
      ['DEU', 'FRA', 'ITA'].map((region) => row(region, '2023-05-14', 7)),
      { cut },
    );
    expect(rows.filter((day) => day.region === 'ITA')).toHaveLength(7);
    expect(lines(rows.filter((day) => day.region !== 'ITA'))).toEqual([
      '2023-05-14 7 reported',
      '2023-05-14 7 reported',
    ]);
  });

  it('names a series of several fields by their values with a slash between', async () => {
    const of: RecordSchema = { series: ['country', 'sex'], labels: [], time: 'date', metrics: ['cases'] };
    const both = ['f', 'm'].map((sex) => ({ country: 'DEU', sex, date: '2023-05-14', cases: 7 }));
    const { rows } = await spread(both, { cut: { default: 'none', series: { 'DEU/f': 'all' } } }, { of });
    expect(rows.filter(({ sex }) => sex === 'f')).toHaveLength(7);
    expect(rows.filter(({ sex }) => sex === 'm')).toHaveLength(1);
  });

  it.each(['2023-02-30', '15.05.2023', 'weekly', { series: {} }, { default: 'all', series: { DEU: 'x' } }])(
    'is refused as %j',
    (cut) => expect(spreadWeekly.options.safeParse({ cut }).success).toBe(false),
  );
});

it('takes a first row on a Monday and a step of 13 days as any other week', async () => {
  const { rows } = await spread([row('RU-AD', '2020-02-03', 7), row('RU-AD', '2020-02-16', 14)], { cut: 'all' });
  const dates = rows.map((day) => day.date);
  expect([dates[0], dates[6], dates[7], dates[13]]).toEqual(['2020-01-28', '2020-02-03', '2020-02-10', '2020-02-16']);
  expect(rows.map((day) => day.cases)).toEqual([...Array<number>(7).fill(1), ...Array<number>(7).fill(2)]);
});

describe('span: since_previous', () => {
  const options = { cut: '2022-02-06', span: 'since_previous', zero_between_weeks: 'ignore' };
  const SK = (date: string, cases: number) => row('SK', date, cases);

  it('spreads a lump over the days since the last daily row, then over those since the last lump', async () => {
    const { rows } = await spread(
      [SK('2022-02-06', 5), SK('2022-02-07', 0), SK('2022-02-10', 8), SK('2022-02-11', 0), SK('2022-03-12', 60)],
      options,
    );
    expect(rows).toHaveLength(1 + 4 + 30);
    expect(lines(rows.slice(0, 6))).toEqual([
      '2022-02-06 5 reported',
      '2022-02-07 2 spread',
      '2022-02-08 2 spread',
      '2022-02-09 2 spread',
      '2022-02-10 2 spread',
      '2022-02-11 2 spread',
    ]);
  });

  it('subtracts nothing, because no day is covered twice', async () => {
    const { rows } = await spread([SK('2022-02-05', 100), SK('2022-02-08', 9)], options);
    expect(rows.map((day) => day.cases)).toEqual([100, 3, 3, 3]);
  });

  it('takes a lump without a row before it for a week', async () => {
    const { rows } = await spread([SK('2022-03-12', 7)], options);
    expect([rows.length, rows[0]?.date]).toEqual([7, '2022-03-06']);
  });

  it('leaves the days after the last lump absent, whatever zeros stand there', async () => {
    const { rows } = await spread([SK('2022-02-06', 5), SK('2022-02-08', 2), SK('2022-02-09', 0)], options);
    expect(rows.at(-1)?.date).toBe('2022-02-08');
  });

  it('takes zeros for figures with zero_between_weeks: keep', async () => {
    const { rows } = await spread([SK('2022-02-06', 5), SK('2022-02-07', 0), SK('2022-02-10', 9)], {
      ...options,
      zero_between_weeks: 'keep',
    });
    expect(rows.map((day) => day.cases)).toEqual([5, 0, 3, 3, 3]);
  });
});

describe('span: week with zeros between', () => {
  const week = [
    ...['22', '23', '24', '25', '26', '27'].map((day) => germany(`2023-05-${day}`, 0)),
    germany('2023-05-28', 14),
  ];

  it('leaves the zeros out with zero_between_weeks: ignore', async () => {
    const { rows } = await spread(week, { cut: '2023-05-15', zero_between_weeks: 'ignore' });
    expect(rows.map((day) => day.cases)).toEqual([2, 2, 2, 2, 2, 2, 2]);
  });

  it('keeps a week without cases seven days from its neighbours', async () => {
    const weeks = [germany('2023-05-28', 7), germany('2023-06-04', 0), germany('2023-06-11', 7)];
    const { rows } = await spread(weeks, { cut: '2023-05-15', zero_between_weeks: 'ignore' });
    expect(rows).toHaveLength(21);
  });

  it('refuses them as overlapping weeks otherwise', async () => {
    await expect(spread(week, { cut: '2023-05-15' })).rejects.toMatchObject({ code: 'overlapping_weeks' });
  });
});
