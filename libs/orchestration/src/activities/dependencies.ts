import type {
  DeadLetterQueue,
  Fetcher,
  Plan,
  RecordStream,
  RevisionStore,
  SourceType,
  TransformType,
  Workspace,
} from '@weir/pipeline';
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
  /** What the sink refused of a revision. */
  readonly deadLetters: Pick<DeadLetterQueue, 'refused' | 'waiting'>;
}

/** How sources are read and records worked on. */
export interface PipelineAdapters {
  readonly sources: readonly SourceType[];
  readonly transforms: readonly TransformType[];
  readonly fetcher: Fetcher;
  /** The signal interrupts whatever query is running. */
  readonly openWorkspace: (signal: AbortSignal) => Promise<Workspace>;
}
