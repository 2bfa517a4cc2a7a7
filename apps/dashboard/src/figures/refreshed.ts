import type { Repeat } from '../session/use-answer.js';

/** A state of the past stays as it is. What is known now is asked for again: pipelines run while somebody looks. */
export function refreshed(asOf: string | null): Repeat<unknown> {
  return { after: () => (asOf === null ? 60_000 : null) };
}
