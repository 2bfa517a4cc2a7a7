import type { IncidenceRow } from '@weir/client';
import { seriesOf, spanOf, type Point } from './series.js';

const region = { region: 'XA-01', region_name: 'Alphaland' };
const row = (date: string, new_cases: number | null, more: Partial<IncidenceRow> = {}): IncidenceRow => ({
  ...region,
  date,
  new_cases,
  basis: 'reported',
  filled: [],
  source: 'history.csv',
  run_id: 'run',
  revision: 1,
  ...more,
});
const daily = (rows: readonly IncidenceRow[]): readonly Point[] => {
  const span = spanOf(rows);
  if (span === null) throw new Error('no rows');
  return seriesOf(rows, [region], { metric: 'new_cases', interval: 'day', span })[0]?.points ?? [];
};

it('has a point for every day between the first and the last, with or without a row, whatever the order', () => {
  const points = daily([row('2023-05-04', 4), row('2023-05-01', 1)]);
  expect(points.map(({ date, value }) => [date, value])).toEqual([
    ['2023-05-01', 1],
    ['2023-05-02', null],
    ['2023-05-03', null],
    ['2023-05-04', 4],
  ]);
});

it('means the seven days that end on a day, only where each of them has a figure', () => {
  const rows = [3, 10, 17, 24, 31, 38, 45, 52].map((cases, n) => row(`2023-05-0${n + 1}`, cases));
  expect(daily(rows).map(({ mean }) => mean)).toEqual([null, null, null, null, null, null, 24, 31]);
  const [first, ...others] = rows;
  const open = [first!, row('2023-05-02', null), ...others.slice(1)];
  expect(daily(open).map(({ mean }) => mean)).toEqual(Array(8).fill(null));
});

it('counts days before the beginning for the mean, and does not show them', () => {
  const rows = [1, 2, 3, 4, 5, 6, 7, 8].map((cases, n) => row(`2023-05-0${n + 1}`, cases));
  const span = { first: '2023-05-01', last: '2023-05-08' };
  const [series] = seriesOf(rows, [region], { metric: 'new_cases', interval: 'day', span, from: '2023-05-07' });
  expect(series?.points.map(({ date, mean }) => [date, mean])).toEqual([
    ['2023-05-07', 4],
    ['2023-05-08', 5],
  ]);
});

it('counts zeros and corrections into the mean', () => {
  const rows = [0, 0, 0, 0, 0, 0, -7].map((cases, n) => row(`2023-05-0${n + 1}`, cases));
  expect(daily(rows).at(-1)?.mean).toBe(-1);
});

it('says how a figure came about: of this metric, not of another', () => {
  const points = daily([
    row('2023-05-15', 1),
    row('2023-05-16', 1, { basis: 'spread' }),
    row('2023-05-17', 1, { basis: 'spread', filled: ['new_cases'] }),
    row('2023-05-18', 1, { filled: ['new_deaths'] }),
    row('2023-05-19', null),
  ]);
  expect(points.map(({ making }) => making)).toEqual(['reported', 'spread', 'filled', 'reported', null]);
});

it('has the weeks on their Mondays, with the mean of their own days, also where the period cuts the first', () => {
  const rows = [
    row('2023-05-08', 50, { days: 5 }),
    row('2023-05-15', 70, { days: 7, basis: 'mixed' }),
    row('2023-05-29', null, { days: 7 }),
  ];
  const [series] = seriesOf(rows, [region], {
    metric: 'new_cases',
    interval: 'week',
    span: { first: '2023-05-08', last: '2023-05-29' },
    from: '2023-05-10',
  });
  expect(series?.points.map(({ date, value, mean, making }) => [date, value, mean, making])).toEqual([
    ['2023-05-08', 50, 10, 'reported'],
    ['2023-05-15', 70, 10, 'spread'],
    ['2023-05-22', null, null, null],
    ['2023-05-29', null, null, null],
  ]);
});

it('keeps the regions apart and in the order in which they were chosen', () => {
  const other = { region: 'XA-02', region_name: 'Betaland' };
  const rows = [row('2023-05-01', 1), { ...row('2023-05-01', 2), ...other }];
  const series = seriesOf(rows, [other, region], {
    metric: 'new_cases',
    interval: 'day',
    span: { first: '2023-05-01', last: '2023-05-01' },
  });
  expect(series.map(({ name, points }) => [name, points[0]?.value])).toEqual([
    ['Betaland', 2],
    ['Alphaland', 1],
  ]);
});

it('has no span without rows', () => {
  expect(spanOf([])).toBeNull();
});
