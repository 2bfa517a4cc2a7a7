import { randomUUID } from 'node:crypto';
import type { Worker, WorkerDirectory } from '@weir/operations';

type WorkerReport = Omit<Worker, 'last_seen' | 'status'>;

/** A directory that workers write themselves into. */
interface WrittenDirectory extends WorkerDirectory {
  report(worker: WorkerReport): Promise<void>;
  remove(workerId: string): Promise<void>;
}

export interface WorkerDirectoryUnderTest {
  readonly directory: WrittenDirectory;
  /** As if the worker had been silent for so many seconds. */
  readonly silence: (workerId: string, seconds: number) => Promise<void>;
}

/** What every directory does that workers write themselves into. `make` may give the same one each time. */
export function workerDirectoryContract(
  make: () => Promise<WorkerDirectoryUnderTest> | WorkerDirectoryUnderTest,
): void {
  let directory: WrittenDirectory;
  let silence: WorkerDirectoryUnderTest['silence'];
  beforeEach(async () => {
    ({ directory, silence } = await make());
  });

  const report = (more: Partial<WorkerReport> = {}): WorkerReport => ({
    worker_id: `worker-${randomUUID()}`,
    engine: 'temporal',
    queue: 'weir',
    host: 'gauge',
    pid: 17,
    started_at: '2026-11-20T22:00:00.000Z',
    running: [],
    finished: 0,
    failed: 0,
    ...more,
  });
  const shown = async (workerId: string) => (await directory.all()).find(({ worker_id }) => worker_id === workerId);

  it('shows a worker as it last told of itself', async () => {
    const first = report();
    await directory.report(first);
    expect(await shown(first.worker_id)).toEqual({ ...first, status: 'idle', last_seen: expect.any(String) });
    const since = '2026-11-20T23:14:05.300Z';
    const running = [{ run_id: randomUUID(), pipeline: 'covid', step: 'transform', since }];
    await directory.report({ ...first, running, finished: 4, failed: 1 });
    const now = await shown(first.worker_id);
    expect(now).toMatchObject({ status: 'busy', running, finished: 4, failed: 1 });
    expect(Math.abs(Date.parse(now?.last_seen ?? '') - Date.now())).toBeLessThan(60_000);
  });

  it('shows all of them by name, but none that has been silent for a minute', async () => {
    const [b, a, gone] = ['b', 'a', 'gone'].map((name) => report({ worker_id: `${name}-${randomUUID()}` }));
    const all = [b, a, gone].flatMap((each) => each ?? []);
    for (const each of all) await directory.report(each);
    await silence(gone?.worker_id ?? '', 61);
    await silence(a?.worker_id ?? '', 50);
    const names = (await directory.all()).map(({ worker_id }) => worker_id);
    expect(names.filter((name) => all.some(({ worker_id }) => worker_id === name))).toEqual([
      a?.worker_id,
      b?.worker_id,
    ]);
    await directory.report(gone ?? report());
    expect(await shown(gone?.worker_id ?? '')).toBeDefined();
  });

  it('forgets a worker that takes its leave', async () => {
    const worker = report();
    await directory.report(worker);
    await directory.remove(worker.worker_id);
    expect(await shown(worker.worker_id)).toBeUndefined();
    await directory.remove(worker.worker_id);
  });
}
