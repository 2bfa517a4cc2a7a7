import { silentMonitor, type Monitor, type Progress } from '../contract/monitor.js';

/**
 * Tells whoever listens what goes on in runs. A listener that fails is its own trouble: the others hear of it all the
 * same, and the run goes on.
 */
export class Broadcast implements Monitor {
  private readonly listeners = new Set<Partial<Monitor>>();

  /** @param broken is told what a listener failed with. */
  constructor(private readonly broken: (error: unknown) => void) {}

  readonly progress = this.telling('progress');
  readonly runStarted = this.telling('runStarted');
  readonly stepEnded = this.telling('stepEnded');
  readonly stepFailed = this.telling('stepFailed');
  readonly stepDeferred = this.telling('stepDeferred');
  readonly batchLoaded = this.telling('batchLoaded');
  readonly runEnded = this.telling('runEnded');
  readonly runLeftOpen = this.telling('runLeftOpen');

  /** Hears how far runs have got. @returns what ends it. */
  listen(listener: (progress: Progress) => void): () => void {
    return this.attach({ progress: listener });
  }

  /** Hears of what it has a method for. @returns what ends it. */
  attach(listener: Partial<Monitor>): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private telling<Event extends keyof Monitor>(event: Event): Monitor[Event] {
    const tell: Monitor[Event] = (told: never) => {
      for (const listener of this.listeners) {
        try {
          (listener[event] ?? silentMonitor[event])(told);
        } catch (error) {
          this.broken(error);
        }
      }
    };
    return tell;
  }
}
