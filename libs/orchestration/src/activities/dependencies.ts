import type { Fetcher, Plan, RecordStream, RevisionStore, SourceType, TransformType, Workspace } from '@weir/pipeline';
import type { RawStore } from '@weir/raw';
import type { RunRepository } from '../contract/run.repository.js';
import type { RunKey } from './run-plan.js';
import type { Monitor } from '../contract/monitor.js';

/** What the activities work with; an app binds it once. */
export interface ActivityDependencies {
  /** The plan of a run (see run-plan.ts). */
  readonly planOf: (run: RunKey) => Promise<Plan>;
  readonly adapters: PipelineAdapters;
  readonly raw: RawStore;
  readonly runs: RunRepository;
  readonly store: RevisionStore;
  readonly stream: RecordStream;
  readonly monitor: Monitor;
  /** Aborted when the process is to stop: long steps then end at the next safe place, and go on after a restart. */
  readonly stopping: AbortSignal;
}

/** How sources are read and records worked on. */
export interface PipelineAdapters {
  readonly sources: readonly SourceType[];
  readonly transforms: readonly TransformType[];
  readonly fetcher: Fetcher;
  readonly openWorkspace: () => Promise<Workspace>;
}
