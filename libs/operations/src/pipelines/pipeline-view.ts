import type { Run } from '@weir/orchestration';
import type { Branch, Plan, Problem } from '@weir/pipeline';
import { publicText } from '../public/public-text.js';

/** A pipeline of the deployment: its plan, or what is wrong with its file. */
export interface PipelineEntry {
  readonly name: string;
  readonly plan: Plan | null;
  readonly problems: readonly Problem[];
}

/** A pipeline for readers of the API. */
export interface PipelineView {
  readonly pipeline_id: string;
  readonly name: string;
  readonly description: string;
  /** Where its rows are kept; null where its file has mistakes. */
  readonly dataset: string | null;
  /** The kinds of its sources, such as `backfill: csv, update: html`. */
  readonly source: string;
  readonly sink: string;
  readonly schedule: { readonly cron: string; readonly timezone: 'UTC' } | null;
  /** ISO 8601, UTC. */
  readonly next_run: string | null;
  readonly branches: readonly BranchView[];
  readonly status: 'ok' | 'invalid';
  readonly problems: readonly FileProblem[];
  /** The newest that has ended. */
  readonly last_run: Run | null;
}

export interface BranchView {
  readonly branch: Branch;
  readonly source: {
    readonly type: string;
    /** What it reads, the first of it; empty where that cannot be told now, such as for files that are gone. */
    readonly names: readonly string[];
    /** How much it reads; null where that cannot be told now. */
    readonly count: number | null;
  };
}

/** A mistake in a pipeline's file. */
export interface FileProblem {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** Stable, snake_case. */
  readonly code: string;
  readonly message: string;
  readonly expected: string;
  readonly hint: string | null;
}

/** How a pipeline is doing, for people on call. */
export interface PipelineStatus {
  readonly pipeline_id: string;
  /** `invalid`: its file has mistakes, and no run can begin. */
  readonly status: 'running' | 'queued' | 'idle' | 'invalid';
  /** `none`: it has none to load; `unknown`: its files or the store of the figures cannot be asked now. */
  readonly history: 'loaded' | 'missing' | 'none' | 'unknown';
  readonly current_run: Run | null;
  /** The newest that has ended. */
  readonly last_run: Run | null;
  /** The newest that succeeded or found nothing new. */
  readonly last_success: Run | null;
  readonly next_run: string | null;
  readonly problems: readonly FileProblem[];
}

/** The kinds of its sources, by branch. */
export function sourceKinds(plan: Plan | null): string {
  return branchesOf(plan)
    .map(([branch, type]) => `${branch}: ${type}`)
    .join(', ');
}

export function branchesOf(plan: Plan | null): [Branch, string][] {
  return Object.entries(plan?.branches ?? {}).map(([branch, { source }]) => [branch as Branch, source.type]);
}

/** Without the file, whose path is nobody's business. */
export function fileProblem({ line, column, code, message, expected, hint }: Problem): FileProblem {
  return { line, column, code, message: publicText(message), expected, hint };
}
