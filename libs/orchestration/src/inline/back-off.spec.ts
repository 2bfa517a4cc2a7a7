import { backOff } from './back-off.js';

it('waits a second at first, then longer by the base each time', () => {
  expect([0, 1, 2, 3].map((retries) => backOff(2, retries))).toEqual([1000, 2000, 4000, 8000]);
  expect([0, 1, 2].map((retries) => backOff(1.5, retries))).toEqual([1000, 1500, 2250]);
  expect([0, 5].map((retries) => backOff(1, retries))).toEqual([1000, 1000]);
});

it('waits a minute at most, however often it was tried', () => {
  expect([6, 100, 5000].map((retries) => backOff(2, retries))).toEqual([60_000, 60_000, 60_000]);
});
