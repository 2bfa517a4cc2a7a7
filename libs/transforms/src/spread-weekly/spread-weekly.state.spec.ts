/** Updates: rows that continue what is stored. */
import type { Workspace } from '@weir/pipeline';
import { openScratchWorkspace, relationOf, rowsOf, schema, stateOf, type Row } from '../../test/relations.js';
import { spreadWeekly } from './spread-weekly.transform.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await openScratchWorkspace();
});
afterAll(() => workspace.close());

async function update(rows: readonly Row[], stored: readonly Row[], options: object): Promise<Row[]> {
  const context = { workspace, schema, state: await stateOf(workspace, stored) };
  const input = await relationOf(workspace, rows);
  const { relation } = await spreadWeekly.apply(input, spreadWeekly.options.parse(options), context);
  return rowsOf(workspace, relation);
}

const row = (date: string, cases: number | null, deaths: number | null = null, more: Row = {}): Row => ({
  region: 'DEU',
  date,
  cases,
  deaths,
  ...more,
});
const spreadRow = (date: string, cases: number, deaths: number | null = null) =>
  row(date, cases, deaths, { basis: 'spread' });
const days = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => `2023-05-${String(first + index).padStart(2, '0')}`);

describe('a week that straddles the cut, whose reported days are stored', () => {
  const cut = { cut: '2023-05-17' };
  const stored = [
    row('2023-05-14', 99, 9),
    row('2023-05-15', 10, 1),
    row('2023-05-16', 20, 1, { filled: ['deaths'] }),
    row('2023-05-17', 30, null),
  ];

  it('keeps the stored figures, and gives a share to cells that were blank or filled', async () => {
    const rows = await update([row('2023-05-21', 100, 13)], stored, cut);
    expect(rows.map(({ date, cases, deaths, basis }) => [date, cases, deaths, basis])).toEqual([
      ['2023-05-15', 10, 1, 'reported'],
      ['2023-05-16', 20, 2, 'spread'],
      ['2023-05-17', 30, 2, 'spread'],
      ['2023-05-18', 10, 2, 'spread'],
      ['2023-05-19', 10, 2, 'spread'],
      ['2023-05-20', 10, 2, 'spread'],
      ['2023-05-21', 10, 2, 'spread'],
    ]);
  });

  it('takes a day of the input before the stored one', async () => {
    const rows = await update([row('2023-05-17', 40), row('2023-05-21', 110)], stored, cut);
    expect(rows.map(({ cases }) => cases)).toEqual([10, 20, 40, 10, 10, 10, 10]);
  });

  it('gives the same when the page is read again', async () => {
    const first = await update([row('2023-05-21', 100, 7)], [row('2023-05-15', 10, 1)], cut);
    expect(await update([row('2023-05-21', 100, 7)], first, cut)).toEqual(first);
  });
});

describe('a week that overlaps a stored one', () => {
  const stored = days(15, 21).map((day) => spreadRow(day, 1));

  it('is refused', async () => {
    await expect(update([row('2023-05-24', 7)], stored, { cut: 'all' })).rejects.toMatchObject({
      code: 'overlapping_weeks',
      message: expect.stringContaining('DEU: 2023-05-21 and 2023-05-24 (history.csv:1)') as string,
    });
  });

  it('is fine where it is that week itself, corrected', async () => {
    const rows = await update([row('2023-05-21', 14)], stored, { cut: 'all' });
    expect(rows.map(({ date, cases }) => [date, cases])).toEqual(days(15, 21).map((day) => [day, 2]));
  });
});

describe('span: since_previous', () => {
  const options = { cut: '2023-05-01', span: 'since_previous', zero_between_weeks: 'ignore' };

  it('reaches back to the stored row before', async () => {
    const rows = await update([row('2023-05-14', 40)], [row('2023-05-04', 3)], options);
    expect(rows.map(({ date, cases }) => [date, cases])).toEqual(days(5, 14).map((day) => [day, 4]));
  });

  it('takes the later of the row before in the input and in what is stored', async () => {
    const rows = await update([row('2023-05-01', 1), row('2023-05-14', 40)], [row('2023-05-04', 3)], options);
    expect(rows.map(({ date }) => date)).toEqual(['2023-05-01', ...days(5, 14)]);
  });

  it('spreads a stored lump over the same days when it is read again corrected', async () => {
    const stored = [row('2023-05-01', 3), ...days(2, 11).map((day) => spreadRow(day, 1.7))];
    const rows = await update([row('2023-05-11', 20)], stored, options);
    expect(rows.map(({ date, cases }) => [date, cases])).toEqual(days(2, 11).map((day) => [day, 2]));
  });

  it('spreads a lump read again over its own days, not those of the lump before with the same shares', async () => {
    const stored = days(2, 11).map((day) => spreadRow(day, 2));
    const rows = await update([row('2023-05-11', 10)], stored, options);
    expect(rows.map(({ date, cases }) => [date, cases])).toEqual(days(7, 11).map((day) => [day, 2]));
  });

  it('does not take the days of the lump before for those of a blank lump that was filled from them', async () => {
    const filled = days(7, 11).map((day) => ({ ...spreadRow(day, 2), filled: ['cases'] }));
    const stored = [...days(2, 6).map((day) => spreadRow(day, 2)), ...filled];
    const rows = await update([row('2023-05-11', null)], stored, options);
    expect(rows.map(({ date, cases }) => [date, cases])).toEqual(days(7, 11).map((day) => [day, null]));
  });
});
