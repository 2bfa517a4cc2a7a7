import {
  REJECTS_FILE,
  type Run,
  type RunEngine,
  type RunFilter,
  type RunRepository,
  type Task,
} from '@weir/orchestration';
import { WeirError } from '@weir/pipeline';
import type { RawStore } from '@weir/raw';
import type { Page } from '@weir/record';
import type { RunDetails } from '../operations.js';
import { publicRun } from '../public/public-failure.js';
import { artefactsOf, type Artefact } from './artefacts.js';
import { notOfTheseRejects, rejectsPage, type Reject } from './rejects-file.js';
import { readRunCursor, writeRunCursor, type RunListFilters } from './run-cursor.js';
import { runReport, type RunReport } from './run-report.js';

export interface RunQuery extends RunListFilters {
  /** Runs of a page. */
  readonly limit: number;
  readonly cursor?: string;
}

export interface RejectsQuery {
  /** Rows of a page. */
  readonly limit: number;
  readonly cursor?: string;
}

/**
 * What ran, for two kinds of readers: operators at the command line see everything; readers of the API see no SQL, no
 * path and no secret (public/).
 */
export class RunsService {
  constructor(
    private readonly runs: RunRepository,
    private readonly raw: RawStore,
    private readonly engine: Pick<RunEngine, 'cancel'>,
  ) {}

  /** For operators: the newest runs. */
  latest(limit: number): Promise<Run[]> {
    return this.runs.list({ limit });
  }

  /** For operators: a run with its tasks, as they were recorded. @throws WeirError `not_found`. */
  async details(id: string): Promise<RunDetails> {
    const run = await this.runs.find(id);
    if (run) return { ...run, tasks: await this.runs.tasks(id) };
    throw new WeirError('not_found', `there is no run or task ${id}; \`npx weir status\` shows the latest runs`);
  }

  /** For operators: a run with its tasks, or one task. @throws WeirError `not_found`. */
  async runOrTask(id: string): Promise<RunDetails | Task> {
    return (await this.runs.findTask(id)) ?? this.details(id);
  }

  /** Newest first; runs that are added meanwhile are on no later page. @throws WeirError `invalid_cursor`. */
  async list({ limit, cursor, ...filters }: RunQuery): Promise<Page<Run>> {
    const before = cursor === undefined ? null : readRunCursor(cursor, filters);
    const { status, ...rest } = filters;
    const filter: RunFilter = { ...rest, ...(status && { statuses: [status] }) };
    const { runs, next } = await this.runs.page(filter, before, limit);
    return { data: runs.map(publicRun), next_cursor: next === null ? null : writeRunCursor(next, filters) };
  }

  /** @throws WeirError `not_found`. */
  async report(id: string): Promise<RunReport> {
    const run = await this.require(id);
    return runReport(run, await this.runs.tasks(run.run_id));
  }

  /**
   * Asks the engine to end a run as `cancelled`, which takes it until the run has come to a safe place.
   * @returns the run as it is now. @throws WeirError `not_found`; `run_ended` where it has ended.
   */
  async cancel(id: string): Promise<Run> {
    const { run_id, status, finished_at } = await this.require(id);
    if (finished_at !== null) {
      throw new WeirError('run_ended', `Run ${run_id} has ended as ${status}, and cannot be cancelled any more.`);
    }
    const input = await this.runs.inputOf(run_id);
    if (input) await this.engine.cancel(input);
    return publicRun(await this.require(run_id));
  }

  /** The files of a run, in order of name. @throws WeirError `not_found`, `artefact_missing`. */
  async artefacts(id: string): Promise<Page<Artefact>> {
    const { run_id, pipeline, status } = await this.require(id);
    const data = await artefactsOf(this.raw, pipeline, run_id);
    // A run that was opened has left its plan at least, unless it found nothing new.
    if (data.length === 0 && status !== 'nothing_new' && (await this.wasOpened(run_id))) throw missing(run_id);
    return { data, next_cursor: null };
  }

  /** Rows that a run left out, in the order of its sources. @throws WeirError `not_found`, `artefact_missing`, `invalid_cursor`. */
  async rejects(id: string, page: RejectsQuery): Promise<Page<Reject>> {
    const { run_id, pipeline, status, counts } = await this.require(id);
    if (await this.raw.has(pipeline, run_id, REJECTS_FILE)) {
      return rejectsPage(run_id, await this.raw.path(pipeline, run_id, REJECTS_FILE), page);
    }
    if (counts.rejected === 0 && page.cursor !== undefined) throw notOfTheseRejects();
    if (counts.rejected === 0) return { data: [], next_cursor: null };
    throw status === 'nothing_new'
      ? new WeirError('artefact_missing', `Run ${run_id} found nothing new, and such a run keeps no files.`)
      : missing(run_id);
  }

  /** By its id, in whatever letter case; what is no id is found nowhere. */
  private async require(id: string): Promise<Run> {
    const run = await this.runs.find(id.toLowerCase());
    if (run) return run;
    throw new WeirError('not_found', 'There is no run of this id; GET /runs lists those there are.');
  }

  private async wasOpened(runId: string): Promise<boolean> {
    const tasks = await this.runs.tasks(runId);
    return tasks.some(({ name, status }) => name === 'open_run' && status === 'succeeded');
  }
}

function missing(runId: string): WeirError {
  return new WeirError('artefact_missing', `The files of run ${runId} are gone: its folder was removed.`);
}
