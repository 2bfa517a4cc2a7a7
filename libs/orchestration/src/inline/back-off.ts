/** Milliseconds before a step is tried again: `base` seconds to the power of the retries before, a minute at most. */
export function backOff(base: number, retriesBefore: number): number {
  return Math.min(60, base ** retriesBefore) * 1000;
}
