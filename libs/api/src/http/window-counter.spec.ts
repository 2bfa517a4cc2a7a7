import fc from 'fast-check';
import { WindowCounter } from './window-counter.js';

describe('counting in windows of a minute', () => {
  let now: number;
  beforeEach(() => {
    now = 1_700_000_000_000;
  });

  it('allows exactly the limit, says what is left, and when there is more', () => {
    const counter = new WindowCounter(3, () => now);
    expect(counter.take('a')).toEqual({ allowed: true, limit: 3, remaining: 2, seconds: 60 });
    now += 30_500;
    expect(counter.take('a')).toEqual({ allowed: true, limit: 3, remaining: 1, seconds: 30 });
    expect(counter.take('a')).toEqual({ allowed: true, limit: 3, remaining: 0, seconds: 30 });
    now += 29_499;
    expect(counter.take('a')).toEqual({ allowed: false, limit: 3, remaining: 0, seconds: 1 });
    now += 1;
    expect(counter.take('a')).toEqual({ allowed: true, limit: 3, remaining: 2, seconds: 60 });
  });

  it('lets nobody wait longer for having tried in vain', () => {
    const counter = new WindowCounter(1, () => now);
    counter.take('a');
    for (let second = 1; second < 60; second += 1) {
      now += 1_000;
      expect(counter.take('a').allowed).toBe(false);
    }
    now += 1_000;
    expect(counter.take('a').allowed).toBe(true);
  });

  it('takes back what did not count', () => {
    const counter = new WindowCounter(1, () => now);
    counter.take('a');
    counter.giveBack('a');
    counter.giveBack('a');
    counter.giveBack('nobody');
    expect([counter.take('a').allowed, counter.take('a').allowed]).toEqual([true, false]);
  });

  it('never allows anyone more than the limit in a window, nor refuses anyone below it', () => {
    const steps = fc.array(fc.record({ who: fc.constantFrom('a', 'b', 'c'), wait: fc.nat(40_000) }), { maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), steps, (limit, taken) => {
        const counter = new WindowCounter(limit, () => now);
        const begun = new Map<string, { at: number; count: number }>();
        for (const { who, wait } of taken) {
          now += wait;
          const window = begun.get(who);
          const current = window !== undefined && now < window.at + 60_000 ? window : { at: now, count: 0 };
          begun.set(who, current);
          expect(counter.take(who).allowed).toBe(current.count < limit);
          current.count = Math.min(limit, current.count + 1);
        }
      }),
    );
  });

  it('holds a bounded number of callers, and forgets those whose minute is over', () => {
    const counter = new WindowCounter(1, () => now, 100);
    for (let caller = 0; caller < 10_000; caller += 1) counter.take(`caller ${caller}`);
    expect(counter.size).toBe(100);
    expect(counter.take('caller 9999').allowed).toBe(false);
    now += 60_000;
    counter.take('somebody else');
    expect(counter.size).toBe(1);
  });
});
