import { randomUUID } from 'node:crypto';
import type { Branch } from '@weir/pipeline';
import type { Activities, IngestInput, RunRepository, StepContext } from '../src/index.js';

export function runInput(more: Partial<IngestInput> = {}): IngestInput {
  return { run_id: randomUUID(), pipeline: 'covid', branch: null, only: null, from_run: null, ...more };
}

export interface Scripted {
  readonly activities: Activities;
  /** What was called with what, in order. */
  readonly calls: { readonly step: keyof Activities; readonly input: unknown }[];
  /** The steps that were called, in order. */
  steps(): string[];
  inputOf(step: keyof Activities): unknown;
}

/** Activities that touch nothing but the runs' records, and answer as a run of three rows does. */
export function scripted(runs: RunRepository, branch: Branch, answers: Partial<Activities> = {}): Scripted {
  const calls: Scripted['calls'] = [];
  const all: Activities = {
    open_run: ({ run_id }) => runs.start(run_id),
    async check_history({ run_id }) {
      await runs.setBranch(run_id, branch);
      return { branch, nothing_to_do: false, reason: 'the script says so' };
    },
    extract: async () => ({ files: 1, bytes: 100 }),
    transform: async () => ({
      plan_hash: 'plan',
      sources_hash: 'sources',
      rows_file: 'rows.parquet',
      rows: 3,
      extracted: 4,
      rejected: 1,
      warnings: [{ code: 'duplicate_rows', message: 'counted once', count: 1 }],
    }),
    compare_with_stored: async () => ({
      plan_hash: 'plan',
      sources_hash: 'sources',
      changes_file: 'changes.parquet',
      changes_sha256: 'a hash',
      changed: 2,
      withdrawn: 1,
    }),
    load_data: async () => ({ revision: 7, published: 3 }),
    commit_run: async () => ({ refused: 0, reason: null }),
    async close_run({ run_id, status, counts, warnings, error }) {
      await runs.end({
        run_id,
        status,
        counts,
        warnings,
        error: error && { code: error.code, message: error.message },
      });
      return { status, error };
    },
    ...answers,
  };
  const activities = Object.fromEntries(
    (Object.keys(all) as (keyof Activities)[]).map((step) => [
      step,
      (input: unknown, context?: StepContext) => {
        calls.push({ step, input });
        return (all[step] as (input: unknown, context?: StepContext) => Promise<unknown>)(input, context);
      },
    ]),
  ) as unknown as Activities;
  return {
    activities,
    calls,
    steps: () => calls.map(({ step }) => step),
    inputOf: (step) => calls.find((call) => call.step === step)?.input,
  };
}
