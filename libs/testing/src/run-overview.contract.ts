import { randomUUID } from 'node:crypto';
import type { PipelineRuns, RunOverview } from '@weir/operations';
import type { RunRepository, RunStatus } from '@weir/orchestration';

export interface RunOverviewUnderTest {
  readonly runs: RunRepository;
  readonly overview: RunOverview;
}

/** What every overview of the runs in a repository says. `make` may give the same one each time: pipelines are fresh. */
export function runOverviewContract(make: () => Promise<RunOverviewUnderTest> | RunOverviewUnderTest): void {
  let runs: RunRepository;
  let overview: RunOverview;
  let pipeline: string;
  beforeEach(async () => {
    ({ runs, overview } = await make());
    pipeline = `pipeline-${randomUUID()}`;
  });

  const create = async (of = pipeline) => {
    const input = { run_id: randomUUID(), pipeline: of, branch: null, only: null, from_run: null };
    return (await runs.create(input, `dataset-${of}`)).run_id;
  };
  const end = async (run_id: string, status: RunStatus, warning?: string) => {
    const warnings = warning === undefined ? [] : [{ code: warning, message: 'a warning', count: 1 }];
    const counts = { extracted: 0, rejected: 0, published: 0 };
    await runs.end({ run_id, status, counts, warnings, error: null });
    return (await runs.find(run_id))?.finished_at;
  };
  const seen = async (of = pipeline): Promise<PipelineRuns | undefined> =>
    (await overview.byPipeline()).find((each) => each.pipeline === of);

  it('knows no pipeline that has had no run', async () => {
    expect(await seen()).toBeUndefined();
  });

  it('counts the runs that are queued or running, and says since when the oldest is', async () => {
    const first = await create();
    const alone = await seen();
    expect(alone).toMatchObject({ pipeline, open: 1, last_success_at: null });
    expect(alone?.open_since).toBe(alone?.first_at);
    expect(Math.abs(Date.parse(alone?.first_at ?? '') - Date.now())).toBeLessThan(60_000);
    const second = await create();
    await runs.start(second);
    expect(await seen()).toEqual({ ...alone, open: 2 });
    await end(first, 'failed');
    const later = await seen();
    expect(later).toMatchObject({ open: 1, first_at: alone?.first_at });
    expect(Date.parse(later?.open_since ?? '')).toBeGreaterThanOrEqual(Date.parse(alone?.first_at ?? ''));
    await end(second, 'cancelled');
    expect(await seen()).toEqual({ ...alone, open: 0, open_since: null });
  });

  it.each(['succeeded', 'nothing_new'] as const)('takes one that ended as %s for a success', async (status) => {
    const finished = await end(await create(), status);
    expect(finished).toEqual(expect.any(String));
    await end(await create(), 'failed');
    await create();
    expect(await seen()).toMatchObject({ open: 1, last_success_at: finished });
  });

  it('takes the success that ended last, not the one that was asked for last', async () => {
    const slow = await create();
    await end(await create(), 'nothing_new');
    const finished = await end(slow, 'succeeded');
    expect(await seen()).toMatchObject({ last_success_at: finished });
  });

  it('takes a run that only replayed dead letters for no success', async () => {
    const finished = await end(await create(), 'succeeded', 'rows_rejected');
    await end(await create(), 'succeeded', 'dead_letters_replayed');
    expect(await seen()).toMatchObject({ last_success_at: finished });
  });

  it('tells pipelines apart, and names them in order', async () => {
    const names = ['a', 'b', 'c'].map((name) => `${pipeline}-${name}`);
    for (const name of [...names].reverse()) await create(name);
    await end(await create(names[1]), 'succeeded');
    const ours = (await overview.byPipeline()).filter((each) => each.pipeline.startsWith(pipeline));
    expect(ours.map((each) => [each.pipeline, each.open, each.last_success_at !== null])).toEqual([
      [names[0], 1, false],
      [names[1], 1, true],
      [names[2], 1, false],
    ]);
  });
}
