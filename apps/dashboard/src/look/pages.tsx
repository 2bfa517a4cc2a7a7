interface PagesProps {
  /** What each button leads to, or null where there is none. */
  readonly steps: { readonly [name: string]: (() => void) | null };
}

/** Through the pages of a list. It stands beside the list's answer: where that is a problem, there is a way back. */
export function Pages({ steps }: PagesProps) {
  const all = Object.entries(steps);
  if (all.every(([, go]) => go === null)) return null;
  return (
    <p class="pages">
      {all.map(([name, go]) => (
        // Not `disabled`: the keyboard would lose the button on which it is.
        <button key={name} aria-disabled={go === null} onClick={() => go?.()}>
          {name}
        </button>
      ))}
    </p>
  );
}
