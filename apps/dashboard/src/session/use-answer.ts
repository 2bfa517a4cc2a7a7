import { useLayoutEffect, useState } from 'preact/hooks';
import { WeirProblem } from '@weir/client';

/** What is known of an answer; while it is asked for again, the one before stays. */
export interface Asked<T> {
  readonly data: T | null;
  readonly problem: Error | null;
  readonly asking: boolean;
}

export interface Repeat<T> {
  /** Milliseconds until the next look, or null where the last answer (null: there was none yet) needs no other. */
  readonly after: (data: T | null) => number | null;
}

/**
 * Asks when `about` changes, and again as `repeat` says; an answer that comes too late is dropped.
 * @param about what the question depends on, as text; null asks nothing.
 */
export function useAnswer<T>(
  about: string | null,
  ask: (signal: AbortSignal) => Promise<T>,
  repeat?: Repeat<T>,
): Asked<T> & { readonly again: () => void } {
  const [state, setState] = useState<Asked<T> & { readonly about: string | null }>(nothing);
  const [turn, setTurn] = useState(0);
  useLayoutEffect(() => {
    if (about === null) return setState(nothing);
    const leaving = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let known = state.about === about ? state.data : null;
    const next = () => {
      const wait = repeat?.after(known) ?? null;
      if (wait !== null && !leaving.signal.aborted) timer = setTimeout(look, wait);
    };
    const look = () => {
      // Nobody sees a hidden tab: it asks when somebody does.
      if (document.hidden)
        return document.addEventListener('visibilitychange', look, { once: true, signal: leaving.signal });
      setState((before) => ({ ...(before.about === about ? before : nothing()), about, asking: true }));
      ask(leaving.signal).then(
        (data) => {
          if (leaving.signal.aborted) return;
          setState({ about, data, problem: null, asking: false });
          known = data;
          next();
        },
        (problem: Error) => {
          if (leaving.signal.aborted) return;
          setState((before) => ({ ...before, problem, asking: false }));
          next();
        },
      );
    };
    look();
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
    // `ask` and `repeat` are made anew at each rendering; `about` says when they mean something else.
  }, [about, turn]);
  // Between a new question and its effect, the old answer must not pass for the new one's.
  const shown = state.about === about ? state : { ...nothing(), asking: about !== null };
  return { ...shown, again: () => setTurn((number) => number + 1) };
}

/** In words for the reader. */
export function problemText(problem: Error): string {
  if (problem instanceof WeirProblem) return problem.detail;
  return 'The server cannot be reached. It may be stopped, or the network away.';
}

function nothing(): { about: null; data: null; problem: null; asking: boolean } {
  return { about: null, data: null, problem: null, asking: false };
}
