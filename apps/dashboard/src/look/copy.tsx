import { useState } from 'preact/hooks';

interface CopyProps {
  readonly text: string;
  readonly name: string;
  /** Whether the text stands beside it anyway. */
  readonly shown?: boolean;
}

/** Copies a text. Where the browser forbids that, as it does over plain HTTP, the reader can mark it. */
export function Copy({ text, name, shown = false }: CopyProps) {
  const [result, setResult] = useState<{ readonly of: string; readonly copied: boolean } | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setResult({ of: text, copied: true });
    } catch {
      setResult({ of: text, copied: false });
    }
  };
  // Of another text nothing was copied yet.
  const copied = result?.of === text ? result.copied : null;
  return (
    <>
      <button onClick={() => void copy()} aria-live="polite">
        {copied === null ? name : copied ? 'Copied' : 'Not allowed here: mark it and copy'}
      </button>
      {copied === false && !shown && <code class="secret">{text}</code>}
    </>
  );
}
