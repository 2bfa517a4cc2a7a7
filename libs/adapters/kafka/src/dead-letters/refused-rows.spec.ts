import type { DeadLetter } from '@weir/pipeline';
import { RefusedRowsCount } from './refused-rows.js';

const letter = (date: string, revision = 5, dataset = 'covid'): DeadLetter => ({
  id: '0-0',
  refused_at: '2023-05-16T12:00:00.000Z',
  reason: `refused ${date}`,
  error_class: null,
  origin: null,
  key: 'DEU',
  value: '{}',
  row: { dataset, region: 'DEU', date, run_id: 'run-1', revision },
});

it('counts different rows of its revision', () => {
  const count = new RefusedRowsCount('covid', 5);
  const seen = [letter('2023-01-01'), letter('2023-01-02'), letter('2023-01-01'), letter('2023-01-03', 6)];
  [...seen, letter('2023-01-04', 5, 'flu'), { ...letter('x'), row: null }].forEach((one, offset) =>
    count.add(one, 0, BigInt(offset)),
  );
  expect(count.total()).toEqual({ rows: 2, reason: 'refused 2023-01-01' });
});

it('has no reason where nothing was refused', () => {
  expect(new RefusedRowsCount('covid', 5).total()).toEqual({ rows: 0, reason: null });
});

it('does not ask twice for what it has counted, nor for what was passed over', () => {
  const count = new RefusedRowsCount('covid', 5);
  const range = { partition: 1, from: 10n, to: 20n };
  expect(count.uncounted(range)).toEqual(range);
  count.add(letter('2023-01-01'), 1, 14n);
  expect(count.uncounted(range)).toEqual({ ...range, from: 15n });
  count.passed(range);
  expect(count.uncounted({ ...range, to: 25n })).toEqual({ ...range, from: 20n, to: 25n });
  expect(count.uncounted({ ...range, partition: 0 })).toEqual({ ...range, partition: 0 });
});
