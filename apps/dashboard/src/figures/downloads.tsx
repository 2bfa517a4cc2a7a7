import { useState } from 'preact/hooks';
import type { IncidenceQuestion } from '@weir/client';
import { Copy } from '../look/copy.js';
import { useSession } from '../session/session-context.js';
import { problemText } from '../session/use-answer.js';
import { METRICS, type FiguresQuestion } from './question.js';

/** What is shown, with all metrics and as the API gives it, as a file; and as a command for whoever wants it every day. */
export function Downloads({ question }: { readonly question: FiguresQuestion }) {
  const { client } = useSession();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const { regions, interval, from, to, asOf } = question;
  const asked: IncidenceQuestion = {
    region: [...regions],
    interval,
    order: 'region',
    ...(from !== null && { from }),
    ...(to !== null && { to }),
    ...(asOf !== null && { as_of: asOf }),
  };
  const files = {
    csv: async () => new Response(await client.incidenceCsv(asked)).blob(),
    json: async () => {
      const rows = [];
      for await (const row of client.incidenceStream(asked)) rows.push(row);
      return new Blob([JSON.stringify(rows, null, 1)], { type: 'application/json' });
    },
  };
  const save = (format: keyof typeof files) => {
    setBusy(format);
    setProblem(null);
    files[format]()
      .then((blob) =>
        saveAs(blob, `${[...regions, interval, ...(asOf === null ? [] : ['as of', asOf])].join(' ')}.${format}`),
      )
      .catch((error: Error) => setProblem(problemText(error)))
      .finally(() => setBusy(null));
  };
  const query = new URLSearchParams(
    Object.entries(asked).flatMap(([name, value]) => [value].flat().map((each) => [name, String(each)])),
  );
  return (
    <section class="downloads" aria-label="Download">
      {(['csv', 'json'] as const).map((format) => (
        <button key={format} disabled={busy !== null} onClick={() => save(format)}>
          {busy === format ? 'Loading …' : `Download ${format.toUpperCase()}`}
        </button>
      ))}
      <Copy
        text={`curl -H "x-key: $KEY" '${location.origin}/covid/incidence?${query.toString()}&format=csv'`}
        name="Copy as curl"
      />
      <span class="quiet">Files hold all figures: {Object.values(METRICS).join(', ').toLowerCase()}.</span>
      {problem !== null && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}

function saveAs(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  // The browser has its own hold on it once the download began.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
