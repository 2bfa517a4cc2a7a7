import { AsyncLocalStorage } from 'node:async_hooks';

/** The ids that join the lines of one errand; every log line written inside carries them. */
export interface Context {
  readonly request_id?: string;
  /** Names the errand: the caller's, or the request's id, or the run's. */
  readonly correlation_id?: string;
  readonly run_id?: string;
  readonly pipeline?: string;
  readonly step?: string;
  readonly attempt?: number;
}

const storage = new AsyncLocalStorage<Context>();
const nothing: Context = Object.freeze({});

/** What holds here; empty outside of every errand. */
export function currentContext(): Context {
  return storage.getStore() ?? nothing;
}

/** Does something, and whatever it waits for or sets off, with these ids beside those that hold already. */
export function withContext<T>(more: Context, work: () => T): T {
  return storage.run({ ...currentContext(), ...more }, work);
}

/** How an engine executes runs so that what is logged meanwhile carries their ids; the shape of the engine's `Scope`. */
export const runScope = {
  /** A run belongs to the errand that asked for it; one that nobody asked for is an errand of its own. */
  within<T>(ids: Context & { readonly run_id: string }, work: () => T): T {
    return withContext({ correlation_id: currentContext().correlation_id ?? ids.run_id, ...ids }, work);
  },
  /** Outside of the errand that happens to be under way. */
  apart<T>(work: () => T): T {
    return storage.exit(work);
  },
};
