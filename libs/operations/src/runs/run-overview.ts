/** How the runs of one pipeline are, whoever executes them. Times are ISO 8601 in UTC. */
export interface PipelineRuns {
  readonly pipeline: string;
  /** Runs that are queued or running. */
  readonly open: number;
  /** When the oldest of them was asked for; null where none is open. */
  readonly open_since: string | null;
  /** When the first run that is recorded was asked for. */
  readonly first_at: string;
  /**
   * When a run last succeeded or found nothing new; null where none ever has. One that only replayed dead letters says
   * nothing of the source, and is none.
   */
  readonly last_success_at: string | null;
}

/** Knows how all runs are. Away: `dependency_unavailable`. */
export interface RunOverview {
  /** Of each pipeline that has ever had a run, by name. */
  byPipeline(): Promise<readonly PipelineRuns[]>;
}
