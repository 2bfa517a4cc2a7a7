import type { Answer, IncidenceParameters, IncidenceRow, IncidenceService, Page, AnswerFormat } from '../src/index.js';

/** The JSON of an answer. */
export async function pageOf<Row = IncidenceRow>(answer: Promise<Answer>): Promise<Page<Row>> {
  const { text } = await written(answer);
  return JSON.parse(text) as Page<Row>;
}

/** The text of an answer, whole or streamed, with its cursor. */
export async function written(answer: Promise<Answer>): Promise<{ text: string; nextCursor: string | null }> {
  const content = await (await answer).read();
  if ('body' in content) return { text: Buffer.from(content.body).toString(), nextCursor: content.nextCursor };
  const parts: Uint8Array[] = [];
  for await (const part of content) parts.push(part);
  return { text: Buffer.concat(parts).toString(), nextCursor: null };
}

/** The rows of all pages, asked for one after the other. */
export async function allPages(
  service: IncidenceService,
  parameters: IncidenceParameters & { readonly limit: number },
  format: AnswerFormat = 'json',
  between: () => void = () => undefined,
): Promise<IncidenceRow[]> {
  const rows: IncidenceRow[] = [];
  let cursor: string | null = null;
  do {
    const asked = service.list('covid', { ...parameters, ...(cursor !== null && { cursor }) }, format);
    const { text, nextCursor } = await written(asked);
    const page = format === 'json' ? (JSON.parse(text) as Page<IncidenceRow>).data : lines(text);
    expect(page.length).toBeLessThanOrEqual(parameters.limit);
    rows.push(...page);
    cursor = nextCursor;
    between();
  } while (cursor !== null);
  return rows;
}

/** The rows of NDJSON. */
export function lines(text: string): IncidenceRow[] {
  const rows = text.split('\n');
  expect(rows.pop()).toBe('');
  return rows.map((line) => JSON.parse(line) as IncidenceRow);
}
