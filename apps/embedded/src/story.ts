import type { CatalogueEntry } from '@weir/catalogue';
import type { Run } from '@weir/orchestration';

/** A run in one line, for people. */
export function describeRun({ branch, status, counts, error, warnings, started_at, finished_at }: Run): string {
  const seconds = started_at && finished_at ? (Date.parse(finished_at) - Date.parse(started_at)) / 1000 : 0;
  const took = `${seconds.toFixed(1)} s`;
  const name = branch ?? 'run';
  const warned = warnings.map(({ message, count }) => `\n    note: ${count} ${message}`).join('');
  if (status === 'succeeded') return `  ${name}: ${counts.published} rows published in ${took}${warned}`;
  if (status === 'nothing_new') return `  ${name}: nothing new (${took})${warned}`;
  if (status === 'failed') return `  ${name}: FAILED after ${took}: ${error?.message ?? 'no reason was kept'}`;
  return `  ${name}: ${status}`;
}

/** A pipeline whose file cannot be used, by its first mistake. */
export function describeMistakes({ file, problems }: CatalogueEntry): string {
  const [first] = problems;
  const place = first ? `${file}:${first.line}:${first.column}: ${first.message}` : file;
  return `Pipeline file with ${problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`} (npx weir check shows all):\n  ${place}`;
}

export function whatToTryNext(address: string, loaded: boolean): string {
  return `
${loaded ? 'Ready' : 'Serving, but a history is not loaded (see above)'}: ${address}
  Figures and runs    ${address} in a browser; the page helps you to a key
  The API's pages     ${address}/docs and ${address}/redoc
  Get a key           curl -s -X POST ${address}/users -H 'content-type: application/json' -d '{"email":"you@example.org","password":"at least 8 characters"}'
  Ask for figures     curl -s '${address}/covid/incidence?order=-date&limit=10' -H 'x-key: <your key>'
  What ran            npx weir status        (in another terminal; npx weir --help shows the rest)
Stop with Ctrl-C.`;
}
