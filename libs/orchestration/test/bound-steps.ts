import type { Activities, StepContext, Steps } from '../src/index.js';

/** Steps as `ingest` sees them, all in one context. */
export function bound(steps: Steps, context: StepContext): Activities {
  return new Proxy({} as Activities, {
    get: (_, name) => (input: unknown) =>
      (steps as unknown as { [name: string]: (input: unknown, context: StepContext) => unknown })[String(name)]?.(
        input,
        context,
      ),
  });
}
