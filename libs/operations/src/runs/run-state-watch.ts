import { toFailure } from '@weir/pipeline';
import { inTime } from '../in-time.js';
import type { SinkEvent } from '../sink/sink-event.js';
import type { PipelineRuns, RunOverview } from './run-overview.js';

/** Milliseconds. */
const patience = 5_000;

/** Looks at the runs beside the look at the sink, which it neither stops nor holds up for long. */
export class RunStateWatch {
  private readable = true;

  constructor(
    private readonly overview: RunOverview,
    private readonly tell: (event: SinkEvent) => void,
  ) {}

  /** Never rejects. @returns null where it cannot be told. */
  async look(): Promise<readonly PipelineRuns[] | null> {
    try {
      const runs = await inTime(this.overview.byPipeline(), patience);
      if (!this.readable) this.tell({ level: 'info', event: 'runs_readable', message: 'the runs can be read again' });
      this.readable = true;
      return runs;
    } catch (error) {
      const { code, message } = toFailure(error);
      // Once: whoever needs PostgreSQL says for how long it is away.
      if (this.readable) {
        const what = `the runs cannot be read, their metrics stay as they were: ${message}`;
        this.tell({ level: 'warn', event: 'runs_unreadable', message: what, code });
      }
      this.readable = false;
      return null;
    }
  }
}
