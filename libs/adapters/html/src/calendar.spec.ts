import { dayOf, isoDay, lastSundayBefore, monthOf } from './calendar.js';

describe('calendar', () => {
  it('has no days that do not exist', () => {
    expect(dayOf(2023, 2, 29)).toBeNull();
    expect(dayOf(2023, 13, 1)).toBeNull();
    expect(dayOf(2023, 0, 1)).toBeNull();
    expect(dayOf(23, 1, 1)).toBeNull();
    expect(dayOf(Number.NaN, 1, 1)).toBeNull();
    expect(isoDay(dayOf(2024, 2, 29)!)).toBe('2024-02-29');
  });

  it.each([
    ['2023-08-29', '2023-08-27'],
    ['2023-08-27', '2023-08-20'],
    ['2023-08-28', '2023-08-27'],
    ['2024-01-03', '2023-12-31'],
  ])('the last Sunday before %s is %s', (date, sunday) => {
    const [year, month, day] = date.split('-').map(Number) as [number, number, number];
    expect(isoDay(lastSundayBefore(dayOf(year, month, day)!))).toBe(sunday);
  });

  it('knows months by number and by name', () => {
    expect(['07', 'July', 'jul.', 'ИЮЛЯ', 'мая'].map(monthOf)).toEqual([7, 7, 7, 7, 5]);
    expect(monthOf('market')).toBeNaN();
  });
});
