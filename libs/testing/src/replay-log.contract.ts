import { randomUUID } from 'node:crypto';
import type { ReplayLog } from '@weir/operations';

/** What every log of replays does. `make` may give the same one each time. */
export function replayLogContract(make: () => Promise<ReplayLog> | ReplayLog): void {
  it('knows when letters were replayed last, and nothing of others', async () => {
    const log = await make();
    const [one, other, never] = [randomUUID(), randomUUID(), randomUUID()];
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
