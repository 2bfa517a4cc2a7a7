import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { localRawStore } from '@weir/adapter-filesystem';
import { MemoryDeadLetterQueue, MemoryReplayLog, MemoryRunRepository } from '@weir/adapter-memory';
import { kinds, PipelineCatalogue } from '@weir/catalogue';
import {
  DeadLettersService,
  PipelinesService,
  ReplayAftermath,
  RunsService,
  type Run,
  type Worker,
} from '@weir/operations';
import { sourceTypeOf, WeirError, type RevisionStore } from '@weir/pipeline';

/** What runs, over runs in memory, a real raw store, and the pipeline files of a folder; both folders are made when used. */
export function operationsUnderTest() {
  const home = join(tmpdir(), `weir-api-${randomUUID()}`);
  const runs = new MemoryRunRepository();
  const raw = localRawStore(join(home, 'raw'));
  const folder = join(home, 'pipelines');
  const catalogue = new PipelineCatalogue(folder, () => undefined);
  /** Pipelines whose history is loaded. */
  const loaded = new Set<string>();
  const workers: Worker[] = [];
  /** Runs that somebody wished to end. */
  const cancelled: { readonly run_id: string }[] = [];
  const queue = new MemoryDeadLetterQueue();
  const replays = new MemoryReplayLog();
  const write = async (path: string, text: string) => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  };
  const created = async (pipeline = 'covid', branch: 'backfill' | 'update' = 'update') => {
    const run_id = randomUUID();
    await runs.create({ run_id, pipeline, branch: null, only: null, from_run: null }, pipeline);
    await runs.setBranch(run_id, branch);
    return run_id;
  };
  const all = async () => {
    await mkdir(folder, { recursive: true });
    return catalogue.all();
  };
  return {
    home,
    runs,
    raw,
    loaded,
    workers,
    cancelled,
    queue,
    replays,
    /** A queued run. */
    created,
    /** A run that was opened, and has ended. */
    async ended(status: 'succeeded' | 'failed' | 'nothing_new' | 'cancelled', more: Partial<Run> = {}) {
      const run_id = await created();
      const task = await runs.beginTask(run_id, 'open_run');
      await runs.endTask(task, { status: 'succeeded', result: null, error: null });
      const counts = { extracted: 4, rejected: 1, published: 3 };
      await runs.end({ run_id, status, counts, warnings: [], error: null, ...more });
      return run_id;
    },
    /** A file in the folder of a pipeline. */
    write: (pipeline: string, file: string, text: string) => write(join(folder, pipeline, file), text),
    /** An artefact of a run. */
    async keep(pipeline: string, runId: string, file: string, text: string): Promise<void> {
      const draft = join(home, 'draft');
      await write(draft, text);
      await raw.keep(pipeline, runId, file, draft);
    },
    bindings: {
      runs: new RunsService(runs, raw, { cancel: async (input) => void cancelled.push(input) }),
      pipelines: new PipelinesService({ all }, runs, {
        // croner is the process's; apps/embedded tests it.
        nextRun: () => new Date('2030-01-01T00:05:00Z'),
        async sourceNames(plan, branch) {
          const source = plan.branches[branch]!.source;
          const items = await sourceTypeOf(source.type, kinds.sources).items(source.options, plan.folder);
          return items.map(({ name }) => name);
        },
        async historyLoaded(plan) {
          if (plan.name === 'unreachable') throw new WeirError('dependency_unavailable', 'ClickHouse is down');
          return plan.branches.backfill ? loaded.has(plan.name) : null;
        },
      }),
      deadLetters: new DeadLettersService(queue, replays, new ReplayAftermath(queue, runs, noStore)),
      workers: { all: async () => workers },
    },
    close: () => rm(home, { recursive: true, force: true }),
  };
}

/** HTTP replays nothing. */
const noStore = {} as RevisionStore;

export type OperationsUnderTest = ReturnType<typeof operationsUnderTest>;
