/** How far a step of a run has got. */
export interface Progress {
  readonly run_id: string;
  readonly pipeline: string;
  readonly step: string;
  readonly done: number;
  /** Null where nobody knows yet. */
  readonly total: number | null;
  readonly unit: 'bytes' | 'rows' | 'files';
}

/** Is told what goes on; must not fail and must not block. */
export interface Monitor {
  progress(progress: Progress): void;
}
