import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';

interface PagesProps {
  /** What each button leads to, or null where there is none. */
  readonly steps: { readonly [name: string]: (() => void) | null };
  /** Whether the page is on its way, so that it is not known yet where it leads. */
  readonly asking?: boolean;
  /** Which page it is. */
  readonly children?: ComponentChildren;
}

/**
 * Through the pages of a list that has several. It stands beside the list's answer: where that is a problem, there is a way back.
 * A button stays where it is, so that the keyboard does not lose it; `disabled` would lose it, too.
 */
export function Pages({ steps, asking = false, children }: PagesProps) {
  const several = useRef(false);
  if (Object.values(steps).some((go) => go !== null)) several.current = true;
  else if (!asking) several.current = false;
  if (!several.current) return null;
  return (
    <p class="pages">
      {Object.entries(steps).map(([name, go]) => (
        <button key={name} aria-disabled={go === null} onClick={() => go?.()}>
          {name}
        </button>
      ))}
      {children}
    </p>
  );
}
