import type { Branch } from '@weir/pipeline';
import type { IngestInput, Run, RunStatus, Task } from './run.js';

/** Which runs; all of them without a field. */
export interface RunFilter {
  readonly pipeline?: string;
  readonly branch?: Branch;
  /** Any of these. */
  readonly statuses?: readonly RunStatus[];
}

/** A part of the runs, newest first. */
export interface RunPage {
  readonly runs: readonly Run[];
  /** What `before` is for the next page; null where no older run is left. */
  readonly next: number | null;
}

/** Where runs, their tasks and the revisions of datasets are kept (PostgreSQL). Unreachable: `dependency_unavailable`. */
export interface RunRepository {
  /** Records a new run as queued; one that is recorded already stays as it is. */
  create(input: IngestInput, dataset: string): Promise<Run>;
  find(runId: string): Promise<Run | null>;
  /** What a run was started with; null where there is none. */
  inputOf(runId: string): Promise<IngestInput | null>;
  /** The newest, newest first. */
  list(filter: RunFilter & { readonly limit: number }): Promise<Run[]>;
  /**
   * Newest first, those created before the place `before` (null: from the newest on). The place is the order of creation,
   * which never changes: runs that are added meanwhile move nothing to another page.
   */
  page(filter: RunFilter, before: number | null, limit: number): Promise<RunPage>;
  /** What runs that are queued or running were started with, oldest first: what a restart takes up again. */
  open(): Promise<IngestInput[]>;
  /** The newest succeeded run of a pipeline (and branch) that left this step's artefact, for `--only`. */
  latestWith(pipeline: string, step: 'extract' | 'transform', branch: Branch | null): Promise<string | null>;

  /** Queued → running; a run that is running stays as it is, one that has ended is `run_ended`. */
  start(runId: string): Promise<void>;
  setBranch(runId: string, branch: Branch): Promise<void>;
  branchOf(runId: string): Promise<Branch | null>;
  /** Ends a run; one that has ended stays as it is. */
  end(run: Pick<Run, 'run_id' | 'status' | 'counts' | 'warnings' | 'error'>): Promise<void>;

  /** One run at a time writes a dataset: `dataset_busy` (retryable) while another open run holds it. */
  claimDataset(dataset: string, runId: string): Promise<void>;
  releaseDatasetsOf(runId: string): Promise<void>;
  /** The run's revision: allotted at the first call, above every earlier one of the dataset and above `floor`; the same ever after. */
  allotRevision(dataset: string, runId: string, floor: number): Promise<number>;

  /** Records that a step's attempt begins; `attempt` counts from 1 and goes on where an earlier process stopped. */
  beginTask(runId: string, name: string): Promise<{ readonly task_id: string; readonly attempt: number }>;
  /** Of the attempt that began last: what an earlier one says, which was given up meanwhile, changes nothing. */
  endTask(
    task: { readonly task_id: string; readonly attempt: number },
    outcome: Pick<Task, 'status' | 'result' | 'error'>,
  ): Promise<void>;
  tasks(runId: string): Promise<Task[]>;
  findTask(taskId: string): Promise<Task | null>;
  /** Where a step had got to, for its next attempt; any JSON. */
  saveProgress(runId: string, name: string, cursor: unknown): Promise<void>;
  progress(runId: string, name: string): Promise<unknown>;
}
