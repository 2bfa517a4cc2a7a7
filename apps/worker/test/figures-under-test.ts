import { expectNothingLostOrDoubled, type Evidence, type FoundRow, type RowId, type Verdict } from '@weir/testing';
import type { GeneratedSource } from './generated-source.js';
import { clickhouse, weir } from './stack-under-test.js';

const METRICS = ['new_cases', 'new_deaths', 'new_recovered', 'new_hospitalized'] as const;

/** What readers see of a dataset: the view that every answer of the API is made from. */
export async function readable(dataset: string): Promise<Iterable<FoundRow>> {
  const text = await clickhouse(
    `SELECT region, toString(date), ${METRICS.join(', ')} FROM incidence WHERE dataset = '${dataset}' FORMAT JSONCompactEachRow`,
  );
  return rowsOf(dataset, text);
}

function* rowsOf(dataset: string, text: string): Generator<FoundRow> {
  for (let from = 0; from < text.length;) {
    const end = text.indexOf('\n', from);
    const [region, date, ...values] = JSON.parse(text.slice(from, end)) as [string, string, ...(number | null)[]];
    yield {
      dataset,
      region,
      date,
      figures: Object.fromEntries(METRICS.map((metric, at) => [metric, values[at] ?? null])),
    };
    from = end + 1;
  }
}

export interface Letter {
  readonly letter_id: string;
  readonly reason: string;
  readonly error_class: string | null;
  readonly value: string | null;
  readonly replayed_at: string | null;
  readonly row: (RowId & { readonly run_id: string; readonly revision: number }) | null;
}

/** The dead letters of a dataset, and those of no row that can be read; replayed ones, too. */
export async function lettersOf(dataset: string): Promise<Letter[]> {
  const letters: Letter[] = [];
  let cursor: string | null = null;
  do {
    const page: { data: Letter[]; next_cursor: string | null } = await weir([
      ...['dlq', 'list', '--state', 'all', '--limit', '1000'],
      ...(cursor === null ? [] : ['--cursor', cursor]),
    ]);
    letters.push(...page.data);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return letters.filter(({ row, value }) => (row === null ? value?.includes(`"${dataset}"`) : row.dataset === dataset));
}

/** Publishes dead letters once more, all that wait if none is named. @returns its report, also where some are refused again. */
export function replay(
  ...letters: readonly string[]
): Promise<{ readonly replayed: number; readonly unreadable: number }> {
  return weir(['dlq', 'replay', ...letters], { statuses: [0, 1] });
}

/**
 * The oracle, for the history of a pipeline that one run has loaded; beside it, what readers cannot see: no second revision
 * of a row lies in the table.
 */
export async function expectWhole(source: GeneratedSource, letters: readonly Letter[] = []): Promise<Verdict> {
  const verdict = await expectOracle(source.name, source.produced(), letters);
  const stored = await clickhouse(
    `SELECT count(), uniqExact(region, date), uniqExact(revision) FROM incidence_revisions FINAL WHERE dataset = '${source.name}' FORMAT JSONCompactEachRow`,
  );
  const rows = verdict.readable;
  expect(JSON.parse(stored.replace(/"/g, ''))).toEqual([rows, rows, 1]);
  return verdict;
}

export async function expectOracle(
  dataset: string,
  produced: Evidence['produced'],
  letters: readonly Letter[] = [],
): Promise<Verdict> {
  return expectNothingLostOrDoubled({
    produced,
    readable: await readable(dataset),
    deadLetters: letters.map(({ row }) => row),
  });
}

/** Rows of a dataset that have come as far as ClickHouse, seen by readers or not. */
export async function arrived(dataset: string): Promise<number> {
  return Number(
    await clickhouse(`SELECT uniqExact(region, date) FROM incidence_revisions WHERE dataset = '${dataset}'`),
  );
}
