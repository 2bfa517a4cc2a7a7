/**
 * What happened in Weirland, day by day, before anybody reported it.
 *
 * Everybody gets the same figures: chance comes from a seeded generator, and the model uses only operations whose result
 * IEEE 754 fixes to the last bit (no exp, sin or pow, which engines may round differently).
 */
import { BACKGROUND, FIRST_DAY, METRICS, OUTCOMES, PAGE_SUNDAY, WAVES, WEEKDAYS } from './weirland.mjs';

/** A seeded generator of numbers in [0, 1): mulberry32 by Tommy Ettinger, in the public domain. */
export function mulberry32(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number near `mean`, never negative; the spread grows with the mean as counts do. */
function countNear(mean, random) {
  let deviation = -6; // twelve uniform numbers less six: a bell curve of deviation 1, without logarithms
  for (let i = 0; i < 12; i += 1) deviation += random();
  return Math.max(0, Math.floor(mean + deviation * (0.9 * Math.sqrt(mean) + 0.04 * mean) + random()));
}

const DAY_MS = 86_400_000;
/** Days since FIRST_DAY. */
export const numberOf = (date) => (Date.parse(date) - Date.parse(FIRST_DAY)) / DAY_MS;
export const dateOf = (day) => new Date(Date.parse(FIRST_DAY) + day * DAY_MS).toISOString().slice(0, 10);
export const weekdayOf = (day) => new Date(Date.parse(FIRST_DAY) + day * DAY_MS).getUTCDay();

/** All dates from the first to the last, inclusive. */
export function days(first, last, step = 1) {
  const dates = [];
  for (let day = numberOf(first); day <= numberOf(last); day += step) dates.push(dateOf(day));
  return dates;
}

/** Cases a day per 100,000 people on a day, without weekdays and chance; none before the first day of all. */
function incidence(day, region, strengths) {
  if (day < 0) return 0;
  return WAVES.reduce((sum, wave, index) => {
    const distance = day - region.delay - numberOf(wave.peak);
    const x = distance / (distance < 0 ? wave.rise : wave.fall);
    const bump = 1 - x * x;
    return x > -1 && x < 1 ? sum + strengths[index] * wave.height * bump * bump * bump : sum;
  }, BACKGROUND);
}

/** The value on a day, on straight lines between the days that are given. */
function between(points, day) {
  const known = Object.entries(points).map(([date, value]) => ({ at: numberOf(date), value }));
  const after = known.findIndex(({ at }) => at > day);
  if (after === -1) return known[known.length - 1].value;
  if (after === 0) return known[0].value;
  const [left, right] = [known[after - 1], known[after]];
  return left.value + ((right.value - left.value) * (day - left.at)) / (right.at - left.at);
}

/** Every figure of a region, day by day: `figures[metric]` maps a date to a count. */
export function simulate(region, seed) {
  const random = mulberry32(seed);
  const strengths = WAVES.map(() => 0.75 + 0.5 * random());
  const casesOn = (day) => (incidence(day, region, strengths) * region.people) / 100_000;
  const figures = Object.fromEntries(METRICS.map((metric) => [metric, new Map()]));
  for (const date of days(region.first, PAGE_SUNDAY)) {
    const day = numberOf(date);
    const weekday = WEEKDAYS[weekdayOf(day)];
    figures.new_cases.set(date, countNear(casesOn(day) * weekday, random));
    for (const [metric, { from, to, share }] of Object.entries(OUTCOMES)) {
      let cases = 0;
      for (let lag = from; lag <= to; lag += 1) cases += casesOn(day - lag) / (to - from + 1);
      // Hospitals and registries close less than test centres do.
      figures[metric].set(date, countNear(cases * between(share, day) * ((1 + weekday) / 2), random));
    }
  }
  return figures;
}
