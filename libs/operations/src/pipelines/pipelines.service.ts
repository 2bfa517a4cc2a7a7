import type { Run, RunRepository, RunStatus } from '@weir/orchestration';
import type { Page } from '@weir/record';
import { WeirError, type Branch, type Plan } from '@weir/pipeline';
import type { PipelineSummary } from '../operations.js';
import { publicRun } from '../public/public-failure.js';
import { publicName } from '../public/public-text.js';
import {
  branchesOf,
  fileProblem,
  sourceKinds,
  type BranchView,
  type PipelineEntry,
  type PipelineStatus,
  type PipelineView,
} from './pipeline-view.js';

/** The pipelines that there are, read anew at each call. */
export interface PipelineCatalogue {
  all(): Promise<readonly PipelineEntry[]>;
}

/** What only the process can tell that binds sources, stores and schedules. */
export interface PipelineLookups {
  /** The next time of a cron expression in UTC; null where it never comes again. */
  nextRun(cron: string): Date | null;
  /** Names of what a branch reads. Fails where that cannot be told, such as for files that are gone. */
  sourceNames(plan: Plan, branch: Branch): Promise<readonly string[]>;
  /** Null where the pipeline has no history. Fails where that cannot be told. */
  historyLoaded(plan: Plan): Promise<boolean | null>;
}

const ENDED: readonly RunStatus[] = ['succeeded', 'failed', 'cancelled', 'nothing_new'];
const WELL: readonly RunStatus[] = ['succeeded', 'nothing_new'];
/** Names of a source that a list shows: a history may have thousands of files. */
const NAMES_SHOWN = 20;

export class PipelinesService {
  constructor(
    private readonly catalogue: PipelineCatalogue,
    private readonly runs: RunRepository,
    private readonly lookups: PipelineLookups,
  ) {}

  /** For operators: every pipeline with its newest run, under way or ended. */
  async summaries(): Promise<PipelineSummary[]> {
    const entries = await this.catalogue.all();
    return Promise.all(
      entries.map(async ({ name, plan, problems }) => {
        const [last_run = null] = await this.runs.list({ pipeline: name, limit: 1 });
        return {
          name,
          description: plan?.description ?? '',
          source: sourceKinds(plan),
          sink: plan?.sink.type ?? '',
          schedule: plan?.schedule?.cron ?? null,
          last_run,
          problems,
        };
      }),
    );
  }

  /** All of them, by name. */
  async list(): Promise<Page<PipelineView>> {
    const entries = await this.catalogue.all();
    return { data: await Promise.all(entries.map((entry) => this.view(entry))), next_cursor: null };
  }

  /** @throws WeirError `not_found`. */
  async status(id: string): Promise<PipelineStatus> {
    const entry = (await this.catalogue.all()).find(({ name }) => name === id);
    if (!entry)
      throw new WeirError('not_found', 'There is no pipeline of this id; GET /pipelines lists those there are.');
    const { name, plan, problems } = entry;
    const [running, queued, last_run, last_success, history] = await Promise.all([
      this.newest(name, ['running']),
      this.newest(name, ['queued']),
      this.newest(name, ENDED),
      this.newest(name, WELL),
      this.history(plan),
    ]);
    const underWay = running ? 'running' : queued ? 'queued' : 'idle';
    return {
      pipeline_id: name,
      status: plan ? underWay : 'invalid',
      history,
      current_run: running ?? queued,
      last_run,
      last_success,
      next_run: this.nextRun(plan),
      problems: problems.map(fileProblem),
    };
  }

  private async view({ name, plan, problems }: PipelineEntry): Promise<PipelineView> {
    return {
      pipeline_id: name,
      name,
      description: plan?.description ?? '',
      dataset: plan?.dataset ?? null,
      source: sourceKinds(plan),
      sink: plan?.sink.type ?? '',
      schedule: plan?.schedule ? { cron: plan.schedule.cron, timezone: 'UTC' } : null,
      next_run: this.nextRun(plan),
      branches: plan ? await this.branches(plan) : [],
      status: plan ? 'ok' : 'invalid',
      problems: problems.map(fileProblem),
      last_run: await this.newest(name, ENDED),
    };
  }

  private branches(plan: Plan): Promise<BranchView[]> {
    return Promise.all(
      branchesOf(plan).map(async ([branch, type]) => {
        const names = await unlessUnknown(this.lookups.sourceNames(plan, branch));
        const shown = (names ?? []).slice(0, NAMES_SHOWN).map(publicName);
        return { branch, source: { type, names: shown, count: names?.length ?? null } };
      }),
    );
  }

  private async history(plan: Plan | null): Promise<PipelineStatus['history']> {
    if (!plan) return 'unknown';
    const loaded = await unlessUnknown(this.lookups.historyLoaded(plan));
    if (loaded === undefined) return 'unknown';
    if (loaded === null) return 'none';
    return loaded ? 'loaded' : 'missing';
  }

  private nextRun(plan: Plan | null): string | null {
    return plan?.schedule ? (this.lookups.nextRun(plan.schedule.cron)?.toISOString() ?? null) : null;
  }

  private async newest(pipeline: string, statuses: readonly RunStatus[]): Promise<Run | null> {
    const [run] = await this.runs.list({ pipeline, statuses, limit: 1 });
    return run ? publicRun(run) : null;
  }
}

/** Undefined where it cannot be told: whoever asks looks for just such a failure, and wants all else to be answered. */
function unlessUnknown<T>(asked: Promise<T>): Promise<T | undefined> {
  return asked.catch(() => undefined);
}
