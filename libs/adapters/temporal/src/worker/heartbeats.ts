import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from '@temporalio/activity';
import type { Progress } from '@weir/orchestration';

/** Milliseconds between two signs of life: several within the heartbeat's time-out, and how soon a cancellation is heard of. */
const BEAT_EVERY = 2_000;

/** What a heartbeat carries: Temporal's page shows it, and the next attempt begins with its cursor. */
export interface Beat {
  readonly progress: Progress | null;
  readonly cursor: unknown;
}

const underWay = new AsyncLocalStorage<Heart>();

/** Beats for one attempt at a step. */
class Heart {
  private beat: Beat;

  constructor(
    private readonly context: Context,
    /** What the attempt before said last. */
    readonly earlier: Beat,
  ) {
    this.beat = { progress: null, cursor: earlier.cursor };
  }

  say(more: Partial<Beat>): void {
    this.beat = { ...this.beat, ...more };
    this.context.heartbeat(this.beat);
  }
}

/** Does a step's work while Temporal hears that it is alive, and how far it has got. */
export async function beating<T>(
  context: Context,
  work: (cursor: unknown, heartbeat: (cursor: unknown) => void) => Promise<T>,
): Promise<T> {
  const earlier = (context.info.heartbeatDetails as Beat | undefined) ?? { progress: null, cursor: null };
  const heart = new Heart(context, earlier);
  heart.say({});
  const timer = setInterval(() => heart.say({}), BEAT_EVERY);
  try {
    return await underWay.run(heart, () => work(earlier.cursor, (cursor) => heart.say({ cursor })));
  } finally {
    clearInterval(timer);
  }
}

/** For the steps' monitor: how far the step under way has got goes along with its heartbeats. */
export function tellProgress(progress: Progress): void {
  underWay.getStore()?.say({ progress });
}
