import fc from 'fast-check';
import { isDay } from './day.js';

describe('days', () => {
  it('takes every day from 0000 to 9999', () => {
    const range = { min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true };
    fc.assert(fc.property(fc.date(range), (date) => expect(isDay(date.toISOString().slice(0, 10))).toBe(true)));
  });

  it.each(['2023-02-30', '2023-02-29', '2023-13-01', '2023-00-10', '2023-1-1', '2023-01-01T00:00', ' 2023-01-01', ''])(
    'refuses %j',
    (text) => expect(isDay(text)).toBe(false),
  );
});
