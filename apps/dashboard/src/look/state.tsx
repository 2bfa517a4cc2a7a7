import type { ComponentChildren } from 'preact';
import { problemText, type Asked } from '../session/use-answer.js';

interface WhenHereProps<T> {
  readonly answer: Asked<T> & { readonly again: () => void };
  readonly children: (data: T) => ComponentChildren;
}

/** What an answer holds once it is here; until then that it is on its way, or why there is none. */
export function WhenHere<T>({ answer: { data, problem, asking, again }, children }: WhenHereProps<T>) {
  return (
    <>
      {problem !== null && (
        <p class="problem" role="alert">
          {problemText(problem)} <button onClick={again}>Try again</button>
        </p>
      )}
      {data === null ? asking && <p class="quiet">Asking …</p> : children(data)}
    </>
  );
}

/** A status as a coloured word: colour alone would not be seen by everybody. */
export function Status({ value }: { readonly value: string }) {
  return <span class={`status ${value}`}>{value.replaceAll('_', ' ')}</span>;
}
