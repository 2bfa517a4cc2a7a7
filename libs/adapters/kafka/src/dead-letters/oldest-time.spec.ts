import { OldestTime } from './oldest-time.js';

const now = Date.parse('2026-11-21T12:00:00Z');
let oldest: OldestTime;
let asked: number;
beforeEach(() => {
  oldest = new OldestTime(() => now);
  asked = 0;
});

/** A partition whose oldest record is from that time. */
const since = (time: string) => async (before: number) => {
  asked += 1;
  return Date.parse(time) < before;
};
const seconds = (time: string) => Date.parse(time) / 1000;

it.each([
  ['2026-08-24T06:30:15Z', '2026-08-24T06:30:15Z'],
  ['2026-08-24T06:30:15.999Z', '2026-08-24T06:30:15Z'],
  ['2026-11-21T11:59:59.500Z', '2026-11-21T11:59:59Z'],
  ['2026-11-21T12:00:00Z', '2026-11-21T12:00:00Z'],
])('finds the second of %s', async (time, found) => {
  expect(await oldest.of(0, since(time))).toBe(seconds(found));
  expect(asked).toBeLessThan(40);
});

it('takes what it does not find in the past for now: the clock of the broker is ahead', async () => {
  expect(await oldest.of(0, since('2026-11-21T12:00:30Z'))).toBe(seconds('2026-11-21T12:00:00Z'));
});

it('asks twice as long as it is the same record', async () => {
  await oldest.of(0, since('2026-08-24T06:30:15.200Z'));
  asked = 0;
  expect(await oldest.of(0, since('2026-08-24T06:30:15.200Z'))).toBe(seconds('2026-08-24T06:30:15Z'));
  expect(asked).toBe(2);
});

it.each([
  ['the oldest expired, or the topic was made anew', '2026-11-01T00:00:00Z'],
  ['the clock was put back', '2026-08-01T00:00:00Z'],
])('searches anew where %s', async (_what, time) => {
  await oldest.of(0, since('2026-08-24T06:30:15Z'));
  expect(await oldest.of(0, since(time))).toBe(seconds(time));
});

it('knows each partition for itself', async () => {
  await oldest.of(0, since('2026-08-24T06:30:15Z'));
  await oldest.of(1, since('2026-09-01T00:00:00Z'));
  asked = 0;
  expect(await oldest.of(0, since('2026-08-24T06:30:15Z'))).toBe(seconds('2026-08-24T06:30:15Z'));
  expect(asked).toBe(2);
});
