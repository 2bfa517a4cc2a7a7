import { brief, bytes, change, dayInWords, duration, figure, fromNow, secondsBetween, time, words } from './text.js';

it('writes figures with their decimals, and none as a dash', () => {
  expect([figure(1234567), figure(12.142857), figure(0), figure(-3), figure(null)]).toEqual([
    '1,234,567',
    '12.14',
    '0',
    '-3',
    '–',
  ]);
});

it('writes a change with its sign', () => {
  expect([change(0.5), change(-0.5), change(0), change(12.5)]).toEqual(['+50%', '-50%', '0%', '+1,250%']);
});

it('writes numbers for axes so that neighbours differ', () => {
  expect([0.05, 0.1, 1_000, 1_250, 12_500, 2_000_000].map(brief)).toEqual([
    '0.05',
    '0.1',
    '1K',
    '1.25K',
    '12.5K',
    '2M',
  ]);
});

it('writes sizes, times and durations', () => {
  expect([bytes(0), bytes(999), bytes(1000), bytes(2_345_678)]).toEqual(['0 B', '999 B', '1.0 kB', '2.3 MB']);
  expect([time('2026-11-28T15:23:41.123Z'), time(null)]).toEqual(['2026-11-28 15:23:41', '–']);
  expect([duration(0.04), duration(59.94), duration(61), duration(7_260), duration(null)]).toEqual([
    '0.0 s',
    '59.9 s',
    '1 min 1 s',
    '2 h 1 min',
    '–',
  ]);
  expect(dayInWords('2023-05-03')).toBe('3 May 2023');
});

it('measures to now what has no end', () => {
  const now = Date.parse('2026-01-01T00:01:00Z');
  expect(secondsBetween('2026-01-01T00:00:00Z', null, now)).toBe(60);
  expect(secondsBetween('2026-01-01T00:00:00Z', '2026-01-01T00:00:30Z', now)).toBe(30);
  expect(secondsBetween(null, null, now)).toBeNull();
});

it('says how far a time is away in the unit that fits', () => {
  const now = Date.parse('2026-01-01T12:00:00Z');
  expect(fromNow('2026-01-01T12:00:30Z', now)).toBe('in 30 seconds');
  expect(fromNow('2026-01-01T12:05:00Z', now)).toBe('in 5 minutes');
  expect(fromNow('2026-01-01T10:00:00Z', now)).toBe('2 hours ago');
  expect(fromNow('2025-12-31T11:00:00Z', now)).toBe('yesterday');
});

it('writes codes as words', () => {
  expect(words('nothing_new')).toBe('nothing new');
});
