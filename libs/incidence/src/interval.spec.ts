import fc from 'fast-check';
import { dayNumber, dayOf, firstDayOf, lastDayOf } from './interval.js';

describe('intervals of the calendar', () => {
  it.each([
    ['week', '2023-05-15', '2023-05-15', '2023-05-21'],
    ['week', '2023-05-21', '2023-05-15', '2023-05-21'],
    ['week', '2021-01-02', '2020-12-28', '2021-01-03'],
    ['week', '1970-01-01', '1969-12-29', '1970-01-04'],
    ['week', '1901-01-01', '1900-12-31', '1901-01-06'],
    ['week', '2298-12-31', '2298-12-26', '2299-01-01'],
    ['month', '2024-02-10', '2024-02-01', '2024-02-29'],
    ['month', '2100-02-10', '2100-02-01', '2100-02-28'],
    ['month', '1901-01-01', '1901-01-01', '1901-01-31'],
    ['month', '2298-12-31', '2298-12-01', '2298-12-31'],
    ['day', '2023-05-17', '2023-05-17', '2023-05-17'],
  ] as const)('the %s of %s is %s to %s', (interval, day, first, last) => {
    expect([firstDayOf(interval, day), lastDayOf(interval, day)]).toEqual([first, last]);
  });

  it('begins weeks on a Monday, seven days long, around every day', () => {
    const days = fc.integer({ min: dayNumber('1900-01-01'), max: dayNumber('2299-12-31') });
    fc.assert(
      fc.property(days, (number) => {
        const [first, last] = [firstDayOf('week', dayOf(number)), lastDayOf('week', dayOf(number))];
        expect(new Date(first).getUTCDay()).toBe(1);
        expect(dayNumber(last) - dayNumber(first)).toBe(6);
        expect(dayNumber(first) <= number && number <= dayNumber(last)).toBe(true);
      }),
    );
  });

  it('stays within years of four digits', () => {
    expect(firstDayOf('week', '0000-01-01')).toBe('0000-01-01');
    expect(lastDayOf('month', '9999-12-30')).toBe('9999-12-31');
    expect(lastDayOf('week', '9999-12-31')).toBe('9999-12-31');
  });
});
