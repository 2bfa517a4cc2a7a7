import fc from 'fast-check';
import { SharedLookup } from './shared-lookup.js';

interface Begun {
  readonly number: number;
  readonly succeed: () => void;
  readonly fail: () => void;
}

/** Look-ups that end when they are told to; each gives its number, from 1. */
function controlled() {
  const begun: Begun[] = [];
  let under = 0;
  let most = 0;
  const lookup = new SharedLookup(() => {
    const number = begun.length + 1;
    under += 1;
    most = Math.max(most, under);
    return new Promise<number>((resolve, reject) => {
      const end = (settle: () => void) => () => {
        under -= 1;
        settle();
      };
      begun.push({
        number,
        succeed: end(() => resolve(number)),
        fail: end(() => reject(new Error(`look-up ${number} failed`))),
      });
    });
  });
  return { lookup, begun, most: () => most };
}

/** Lets everything happen that needs nobody. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('sharing look-ups', () => {
  it('does not give an answer that began before the question', async () => {
    const { lookup, begun } = controlled();
    const first = lookup.ask();
    const second = lookup.ask();
    expect(begun).toHaveLength(1);
    begun[0]!.succeed();
    expect(await first).toBe(1);
    await settle();
    begun[1]!.succeed();
    expect(await second).toBe(2);
  });

  it('lets all who ask during a look-up share the next one', async () => {
    const { lookup, begun } = controlled();
    const first = lookup.ask();
    const others = [lookup.ask(), lookup.ask(), lookup.ask()];
    begun[0]!.succeed();
    await first;
    await settle();
    expect(begun).toHaveLength(2);
    begun[1]!.succeed();
    expect(await Promise.all(others)).toEqual([2, 2, 2]);
    expect(begun).toHaveLength(2);
  });

  it('never has two under way, also where the question comes as one ends', async () => {
    const { lookup, begun, most } = controlled();
    const asked = [lookup.ask(), lookup.ask()];
    begun[0]!.succeed();
    asked.push(lookup.ask());
    await asked[0];
    asked.push(lookup.ask());
    await settle();
    begun[1]!.succeed();
    await settle();
    begun[2]!.succeed();
    expect(await Promise.all(asked)).toEqual([1, 2, 2, 3]);
    expect(most()).toBe(1);
  });

  it('begins afresh when nothing is under way', async () => {
    const { lookup, begun } = controlled();
    for (const expected of [1, 2, 3]) {
      const asked = lookup.ask();
      begun.at(-1)!.succeed();
      expect(await asked).toBe(expected);
    }
  });

  it('tells of a failure those that waited for that look-up, and nobody else', async () => {
    const { lookup, begun } = controlled();
    const [first, second] = [lookup.ask(), lookup.ask()];
    begun[0]!.fail();
    await expect(first).rejects.toThrow('look-up 1 failed');
    await settle();
    begun[1]!.succeed();
    expect(await second).toBe(2);
    const third = lookup.ask();
    begun[2]!.fail();
    await expect(third).rejects.toThrow('look-up 3 failed');
  });

  it('keeps both promises whatever comes in which order', async () => {
    const events = fc.array(fc.constantFrom('ask', 'succeed', 'fail', 'settle'), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(events, async (sequence) => {
        const { lookup, begun, most } = controlled();
        let ended = 0;
        const checks: Promise<void>[] = [];
        const end = (how: 'succeed' | 'fail') => {
          const running = begun[ended];
          if (running === undefined) return;
          ended += 1;
          running[how]();
        };
        for (const event of sequence) {
          if (event === 'ask') {
            const before = begun.length;
            const check = (number: number) => expect(number).toBeGreaterThan(before);
            checks.push(lookup.ask().then(check, (error: Error) => check(Number(/\d+/.exec(error.message)?.[0]))));
          } else if (event === 'settle') await settle();
          else end(event);
        }
        for (await settle(); ended < begun.length; await settle()) end('succeed');
        await Promise.all(checks);
        expect(most()).toBeLessThanOrEqual(1);
      }),
    );
  });
});
