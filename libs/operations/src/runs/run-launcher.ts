import { randomUUID } from 'node:crypto';
import { WeirError, type Branch, type Plan } from '@weir/pipeline';
import type { IngestInput, Run, RunEngine, RunRepository } from '@weir/orchestration';
import type { Report, RunRequest } from '../operations.js';

export interface LauncherSettings {
  /** Done before a run is recorded, such as to take up what an earlier process left open. */
  readonly before?: () => Promise<unknown>;
  /** What the engine calls the execution of a run; absent where it has no names of its own. */
  readonly execution?: (input: IngestInput) => string;
}

/** Records runs of pipelines, and hands them to the engine. */
export class RunLauncher {
  constructor(
    private readonly catalogue: { plan(name: string): Promise<Plan> },
    private readonly runs: RunRepository,
    private readonly engine: RunEngine,
    private readonly settings: LauncherSettings = {},
  ) {}

  /**
   * Begins a run, and does not wait for its end.
   * @throws WeirError `unknown_pipeline`, `invalid_pipeline`; `artefact_missing` where a step alone finds nothing to take up.
   */
  async start({ pipeline, branch, only }: RunRequest): Promise<IngestInput> {
    const { dataset } = await this.catalogue.plan(pipeline);
    const from_run = only === 'transform' || only === 'load' ? await this.artefactsFor(only, pipeline, branch) : null;
    const run_id = randomUUID();
    const named: IngestInput = {
      run_id,
      pipeline,
      // What was extracted for one branch is transformed and loaded for the same.
      branch: branch ?? (from_run === null ? null : await this.runs.branchOf(from_run)),
      only,
      from_run,
    };
    const execution = this.settings.execution?.(named);
    const input = execution === undefined ? named : { ...named, execution };
    await this.settings.before?.();
    await this.runs.create(input, dataset);
    await this.engine.start(input);
    return input;
  }

  /** The same, to its end. @param report is told how far it has got. */
  async execute(request: RunRequest, report: Report = () => undefined): Promise<Run> {
    const input = await this.start(request);
    await this.engine.follow(input, report);
    const run = await this.runs.find(input.run_id);
    if (!run) throw new WeirError('internal_error', `run ${input.run_id} is gone`);
    return run;
  }

  private async artefactsFor(step: 'transform' | 'load', pipeline: string, branch: Branch | null): Promise<string> {
    const needed = step === 'transform' ? 'extract' : 'transform';
    const found = await this.runs.latestWith(pipeline, needed, branch);
    if (found) return found;
    throw new WeirError(
      'artefact_missing',
      `--only ${step} takes up what an earlier run left, and no run of ${pipeline}${branch ? `, ${branch},` : ''} has done ${needed} yet. Run --only ${needed} first.`,
    );
  }
}
