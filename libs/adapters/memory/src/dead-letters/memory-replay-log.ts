import type { ReplayLog } from '@weir/operations';

/** Which letters were replayed by this process. */
export class MemoryReplayLog implements ReplayLog {
  private readonly times = new Map<string, string>();

  async record(letterIds: readonly string[]): Promise<void> {
    for (const id of letterIds) this.times.set(id, new Date().toISOString());
  }

  async replayed(letterIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return new Map(
      letterIds.flatMap((id) => {
        const at = this.times.get(id);
        return at === undefined ? [] : [[id, at] as const];
      }),
    );
  }
}
