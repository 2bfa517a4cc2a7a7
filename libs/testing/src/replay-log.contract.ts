import { randomInt } from 'node:crypto';
import type { KeptLetters, ReplayCount, ReplayLog } from '@weir/operations';

/** That no topic has, nor another spec. */
const newPartition = () => randomInt(1_000_000, 2_000_000_000);

/** What every log of replays does. `make` may give the same one each time. */
export function replayLogContract(make: () => Promise<ReplayLog> | ReplayLog): void {
  it('knows when letters were replayed last, and nothing of others', async () => {
    const log = await make();
    const partition = newPartition();
    const [one, other, never] = [`${partition}-1`, `${partition}-2`, `${partition}-3`] as const;
    await log.record([one, other, one]);
    const first = await log.replayed([one, never]);
    expect([...first.keys()]).toEqual([one]);
    const at = first.get(one) ?? '';
    expect(new Date(at).toISOString()).toBe(at);
    expect(Math.abs(Date.parse(at) - Date.now())).toBeLessThan(60_000);
    await log.record([one]);
    const again = await log.replayed([one, other]);
    expect(Date.parse(again.get(one) ?? '')).toBeGreaterThanOrEqual(Date.parse(at));
    expect([...again.keys()].sort()).toEqual([one, other].sort());
  });

  it('takes no letter for none', async () => {
    const log = await make();
    await log.record([]);
    expect(await log.replayed([])).toEqual(new Map());
  });
}

export interface ReplayCountUnderTest {
  readonly log: ReplayLog;
  readonly count: ReplayCount;
}

/** What whoever counts in a log of replays does. `make` may give the same one each time. */
export function replayCountContract(make: () => Promise<ReplayCountUnderTest> | ReplayCountUnderTest): void {
  let count: ReplayCount;
  let one: number;
  let other: number;
  beforeEach(async () => {
    const made = await make();
    count = made.count;
    [one, other] = [newPartition(), newPartition()];
    await made.log.record([9, 10, 11, 100].map((offset) => `${one}-${offset}`));
    await made.log.record([`${other}-3`, `${one}-10`]);
  });

  const minutes = (ago: number) => new Date(Date.now() - ago * 60_000).toISOString();
  const kept = (partition: number, from: bigint, to: bigint, since = minutes(10)): KeptLetters => ({
    partition,
    from,
    to,
    since,
  });

  it('counts each letter once, however often it was replayed', async () => {
    expect(await count.replayedOf([kept(one, 0n, 101n)])).toBe(4);
  });

  it('counts none that is older than the oldest that is kept, by number and not by text', async () => {
    expect(await count.replayedOf([kept(one, 10n, 101n)])).toBe(3);
    expect(await count.replayedOf([kept(one, 101n, 200n)])).toBe(0);
  });

  it('counts none behind the end of the topic, which was made anew and is shorter', async () => {
    expect(await count.replayedOf([kept(one, 0n, 100n)])).toBe(3);
    expect(await count.replayedOf([kept(one, 0n, 10n)])).toBe(1);
  });

  it('counts none that was replayed before the oldest was refused: it was another under its number', async () => {
    expect(await count.replayedOf([kept(one, 0n, 101n, minutes(-5))])).toBe(0);
  });

  it('counts in each partition from its own oldest on, and nothing of no partition', async () => {
    expect(await count.replayedOf([kept(one, 11n, 101n), kept(other, 3n, 4n)])).toBe(3);
    expect(await count.replayedOf([kept(one, 11n, 101n), kept(other, 3n, 4n, minutes(-5))])).toBe(2);
    expect(await count.replayedOf([])).toBe(0);
  });
}
