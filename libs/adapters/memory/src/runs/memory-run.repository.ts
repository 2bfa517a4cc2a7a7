import { randomUUID } from 'node:crypto';
import type { IngestInput, Run, RunFilter, RunPage, RunRepository, Task } from '@weir/orchestration';
import { WeirError, type Branch } from '@weir/pipeline';

interface StoredRun {
  run: Run;
  readonly input: IngestInput;
  revision: number | null;
}

interface StoredTask {
  task: Task;
  cursor: unknown;
}

interface Dataset {
  lastRevision: number;
  claimedBy: string | null;
}

/** Runs of this process alone, gone with it. */
export class MemoryRunRepository implements RunRepository {
  /** By id, oldest first. */
  private readonly runs = new Map<string, StoredRun>();
  /** By id, in the order in which they began. */
  private readonly stored = new Map<string, StoredTask>();
  private readonly datasets = new Map<string, Dataset>();

  async create(input: IngestInput, _dataset: string): Promise<Run> {
    const recorded = this.runs.get(input.run_id);
    if (recorded) return recorded.run;
    const run: Run = {
      run_id: input.run_id,
      pipeline: input.pipeline,
      branch: null,
      status: 'queued',
      started_at: null,
      finished_at: null,
      counts: { extracted: 0, rejected: 0, published: 0 },
      warnings: [],
      error: null,
    };
    this.runs.set(input.run_id, { run, input, revision: null });
    return run;
  }

  async find(runId: string): Promise<Run | null> {
    return this.runs.get(runId)?.run ?? null;
  }

  async inputOf(runId: string): Promise<IngestInput | null> {
    return this.runs.get(runId)?.input ?? null;
  }

  async list({ limit, ...filter }: RunFilter & { readonly limit: number }): Promise<Run[]> {
    return [...(await this.page(filter, null, limit)).runs];
  }

  async page({ pipeline, branch, statuses }: RunFilter, before: number | null, limit: number): Promise<RunPage> {
    const found = [...this.runs.values()]
      .map(({ run }, number) => ({ run, number }))
      .filter(({ run, number }) => {
        if (before !== null && number >= before) return false;
        if (pipeline !== undefined && run.pipeline !== pipeline) return false;
        if (branch !== undefined && run.branch !== branch) return false;
        return statuses === undefined || statuses.includes(run.status);
      })
      .reverse();
    const last = found.length > limit ? found[limit - 1] : undefined;
    return { runs: found.slice(0, limit).map(({ run }) => run), next: last?.number ?? null };
  }

  async open(): Promise<IngestInput[]> {
    return [...this.runs.values()].filter(({ run }) => isOpen(run)).map(({ input }) => input);
  }

  async latestWith(pipeline: string, step: 'extract' | 'transform', branch: Branch | null): Promise<string | null> {
    const left = (run: Run) => this.taskOf(run.run_id, step)?.task.status === 'succeeded';
    const runs = await this.list({ pipeline, limit: Infinity });
    return (
      runs.find((run) => run.status === 'succeeded' && (branch === null || run.branch === branch) && left(run))
        ?.run_id ?? null
    );
  }

  async start(runId: string): Promise<void> {
    const stored = this.runs.get(runId);
    if (!stored || !isOpen(stored.run)) throw new WeirError('run_ended', `run ${runId} is unknown or has ended`);
    stored.run = { ...stored.run, status: 'running', started_at: stored.run.started_at ?? now() };
  }

  async setBranch(runId: string, branch: Branch): Promise<void> {
    const stored = this.runs.get(runId);
    if (stored) stored.run = { ...stored.run, branch };
  }

  async branchOf(runId: string): Promise<Branch | null> {
    return this.runs.get(runId)?.run.branch ?? null;
  }

  async end({ run_id, status, counts, warnings, error }: Parameters<RunRepository['end']>[0]): Promise<void> {
    const stored = this.runs.get(run_id);
    if (!stored || !isOpen(stored.run)) return;
    const started_at = stored.run.started_at ?? now();
    stored.run = { ...stored.run, status, counts, warnings, error, started_at, finished_at: now() };
  }

  async claimDataset(dataset: string, runId: string): Promise<void> {
    const claimed = this.dataset(dataset);
    const holder = claimed.claimedBy === null ? undefined : this.runs.get(claimed.claimedBy)?.run;
    if (holder && holder.run_id !== runId && isOpen(holder)) {
      throw new WeirError('dataset_busy', `another run is writing dataset ${dataset}; this one waits`, {
        retryable: true,
      });
    }
    claimed.claimedBy = runId;
  }

  async releaseDatasetsOf(runId: string): Promise<void> {
    for (const dataset of this.datasets.values()) if (dataset.claimedBy === runId) dataset.claimedBy = null;
  }

  async allotRevision(dataset: string, runId: string, floor: number): Promise<number> {
    const stored = this.runs.get(runId);
    if (!stored) throw new WeirError('run_unknown', `there is no run ${runId}`);
    if (stored.revision === null) {
      const counter = this.dataset(dataset);
      counter.lastRevision = Math.max(counter.lastRevision, floor) + 1;
      stored.revision = counter.lastRevision;
    }
    return stored.revision;
  }

  async beginTask(runId: string, name: string): Promise<{ task_id: string; attempt: number }> {
    if (!this.runs.has(runId)) throw new WeirError('run_unknown', `there is no run ${runId}`);
    const earlier = this.taskOf(runId, name);
    const task: Task = earlier
      ? { ...earlier.task, status: 'running', attempts: earlier.task.attempts + 1, finished_at: null, error: null }
      : {
          task_id: randomUUID(),
          run_id: runId,
          name,
          status: 'running',
          attempts: 1,
          started_at: now(),
          finished_at: null,
          result: null,
          error: null,
        };
    this.stored.set(task.task_id, { task, cursor: earlier?.cursor ?? null });
    return { task_id: task.task_id, attempt: task.attempts };
  }

  async endTask(
    { task_id, attempt }: Parameters<RunRepository['endTask']>[0],
    outcome: Parameters<RunRepository['endTask']>[1],
  ): Promise<void> {
    const stored = this.stored.get(task_id);
    if (stored?.task.attempts === attempt) stored.task = { ...stored.task, ...outcome, finished_at: now() };
  }

  async tasks(runId: string): Promise<Task[]> {
    return [...this.stored.values()].map(({ task }) => task).filter((task) => task.run_id === runId);
  }

  async findTask(taskId: string): Promise<Task | null> {
    return this.stored.get(taskId)?.task ?? null;
  }

  async saveProgress(runId: string, name: string, cursor: unknown): Promise<void> {
    const stored = this.taskOf(runId, name);
    if (stored) stored.cursor = cursor;
  }

  async progress(runId: string, name: string): Promise<unknown> {
    return this.taskOf(runId, name)?.cursor ?? null;
  }

  private taskOf(runId: string, name: string): StoredTask | undefined {
    return [...this.stored.values()].find(({ task }) => task.run_id === runId && task.name === name);
  }

  private dataset(name: string): Dataset {
    const dataset = this.datasets.get(name) ?? { lastRevision: 0, claimedBy: null };
    this.datasets.set(name, dataset);
    return dataset;
  }
}

function isOpen({ status }: Run): boolean {
  return status === 'queued' || status === 'running';
}

function now(): string {
  return new Date().toISOString();
}
