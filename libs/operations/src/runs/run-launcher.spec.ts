import { randomUUID } from 'node:crypto';
import { MemoryRunRepository } from '@weir/adapter-memory';
import type { IngestInput, RunEngine } from '@weir/orchestration';
import { WeirError, type Plan } from '@weir/pipeline';
import { RunLauncher, type LauncherSettings } from './run-launcher.js';

let runs: MemoryRunRepository;
/** What the engine was told, in order. */
let told: string[];
beforeEach(() => {
  runs = new MemoryRunRepository();
  told = [];
});

const catalogue = {
  async plan(name: string) {
    if (name !== 'covid') throw new WeirError('unknown_pipeline', `there is no pipeline ${name}`);
    return { name, dataset: 'figures' } as Plan;
  },
};

function launcher(settings?: LauncherSettings): RunLauncher {
  const engine: RunEngine = {
    async start({ run_id }) {
      told.push(`start ${(await runs.find(run_id))?.status}`);
    },
    async follow({ run_id }, report) {
      told.push('follow');
      report({ run_id, pipeline: 'covid', step: 'load_data', done: 1, total: 2, unit: 'rows' });
      const counts = { extracted: 1, rejected: 0, published: 1 };
      await runs.end({ run_id, status: 'succeeded', counts, warnings: [], error: null });
      return { run_id, status: 'succeeded', error: null };
    },
    cancel: async () => undefined,
  };
  return new RunLauncher(catalogue, runs, engine, settings);
}

const request = { pipeline: 'covid', branch: null, only: null } as const;

/** A run that has ended, and has done these steps. */
async function earlier(branch: 'backfill' | 'update', ...steps: string[]): Promise<string> {
  const run_id = randomUUID();
  await runs.create({ run_id, pipeline: 'covid', branch, only: null, from_run: null }, 'figures');
  await runs.setBranch(run_id, branch);
  for (const step of steps) {
    await runs.endTask(await runs.beginTask(run_id, step), { status: 'succeeded', result: null, error: null });
  }
  const counts = { extracted: 0, rejected: 0, published: 0 };
  await runs.end({ run_id, status: 'succeeded', counts, warnings: [], error: null });
  return run_id;
}

it('records a run before the engine begins it, and does not wait for its end', async () => {
  const input = await launcher().start(request);
  expect(told).toEqual(['start queued']);
  expect(await runs.inputOf(input.run_id)).toEqual(input);
  expect(input).toEqual({ run_id: expect.any(String), ...request, from_run: null });
});

it('follows a run to its end, and tells how far it has got', async () => {
  const seen: number[] = [];
  const run = await launcher().execute(request, ({ done }) => seen.push(done));
  expect(run).toMatchObject({ status: 'succeeded', counts: { published: 1 } });
  expect([told, seen]).toEqual([['start queued', 'follow'], [1]]);
});

it('does first what has to be done first', async () => {
  await launcher({ before: async () => told.push('before') }).start(request);
  expect(told).toEqual(['before', 'start queued']);
});

it('remembers what the engine calls the execution', async () => {
  const execution = ({ pipeline, run_id }: IngestInput) => `${pipeline}/${run_id}`;
  const input = await launcher({ execution }).start(request);
  expect(input.execution).toBe(`covid/${input.run_id}`);
  expect(await runs.inputOf(input.run_id)).toEqual(input);
});

it('takes up what the step before has left, for the same branch', async () => {
  const backfill = await earlier('backfill', 'extract', 'transform');
  const update = await earlier('update', 'extract');
  const transform = await launcher().start({ ...request, only: 'transform' });
  expect(transform).toMatchObject({ from_run: update, branch: 'update' });
  const load = await launcher().start({ ...request, only: 'load' });
  expect(load).toMatchObject({ from_run: backfill, branch: 'backfill' });
  const forced = await launcher().start({ ...request, only: 'transform', branch: 'backfill' });
  expect(forced).toMatchObject({ from_run: backfill, branch: 'backfill' });
});

it('records nothing of a pipeline that is not there, nor of a step that finds nothing to take up', async () => {
  await expect(launcher().start({ ...request, pipeline: 'civod' })).rejects.toMatchObject({ code: 'unknown_pipeline' });
  await expect(launcher().start({ ...request, only: 'load' })).rejects.toMatchObject({ code: 'artefact_missing' });
  expect(await runs.list({ limit: 5 })).toEqual([]);
  expect(told).toEqual([]);
});
