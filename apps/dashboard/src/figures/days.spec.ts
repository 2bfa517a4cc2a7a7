import { addDays, daysBetween, isDay, isMoment } from './days.js';

it('steps over the ends of months and years, and the 29th of February', () => {
  expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
  expect(addDays('2023-12-31', 1)).toBe('2024-01-01');
  expect(addDays('2024-01-01', -1)).toBe('2023-12-31');
});

it('lists days and weeks with both ends', () => {
  expect(daysBetween('2023-02-27', '2023-03-01')).toEqual(['2023-02-27', '2023-02-28', '2023-03-01']);
  expect(daysBetween('2023-05-01', '2023-05-15', 7)).toEqual(['2023-05-01', '2023-05-08', '2023-05-15']);
  expect(daysBetween('2023-05-02', '2023-05-01')).toEqual([]);
});

it.each([
  ['2024-02-29', true],
  ['2023-02-29', false],
  ['2023-13-01', false],
  ['2023-5-1', false],
  ['2023-05-01T00:00', false],
  ['', false],
])('takes %j for a day: %s', (text, is) => expect(isDay(text)).toBe(is));

it.each([
  ['2023-05-16', true],
  ['2023-05-16T07:30:00.123Z', true],
  ['2023-05-16T07:30:00', false],
  ['2023-02-30T07:30:00Z', false],
  ['2023-05-16T', false],
  ['2023-05-16T25:00:00Z', false],
])('takes %j for a moment: %s', (text, is) => expect(isMoment(text)).toBe(is));
