import { useState } from 'preact/hooks';

/** Copies a text; where the browser forbids that, the reader can still mark it. */
export function Copy({ text, name }: { readonly text: string; readonly name: string }) {
  const [said, setSaid] = useState<string | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('Copied');
    } catch {
      setSaid('Not allowed here: mark it and copy');
    }
  };
  return (
    <button onClick={() => void copy()} aria-live="polite">
      {said ?? name}
    </button>
  );
}
