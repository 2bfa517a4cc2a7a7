import type { TopicLag } from './ports.js';

/** Tells which connectors have work and do not get on with it. */
export class StallWatch {
  private readonly moved = new Map<
    string,
    { readonly position: number; readonly at: number; readonly idle: boolean }
  >();

  constructor(
    /** Milliseconds without a step forward. */
    private readonly patience: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** @returns the lags of those that stand still. */
  look(lags: readonly TopicLag[]): TopicLag[] {
    return lags.filter((lag) => {
      const last = this.moved.get(lag.topic);
      if (last === undefined || last.idle || last.position !== lag.position || lag.records === 0) {
        this.moved.set(lag.topic, { position: lag.position, at: this.now(), idle: lag.records === 0 });
        return false;
      }
      return this.now() - last.at >= this.patience;
    });
  }
}
