import type { Monitor, Progress } from '@weir/orchestration';

type Listener = (progress: Progress) => void;

/** Tells whoever listens how far runs have got. */
export class Broadcast implements Monitor {
  private readonly listeners = new Set<Listener>();

  progress(progress: Progress): void {
    for (const listener of this.listeners) listener(progress);
  }

  /** @returns what ends it. */
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
