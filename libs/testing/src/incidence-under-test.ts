import {
  metrics,
  type Basis,
  type Figures,
  type IncidencePageQuery,
  type IncidenceRepository,
  type IncidenceRow,
} from '@weir/incidence';

/** A row as a run publishes it: of one day, with every metric. */
export type DayFigure = IncidenceRow &
  Required<Figures> & { readonly basis: Basis; readonly source: string; readonly run_id: string };

export interface IncidenceUnderTest {
  readonly repository: IncidenceRepository;
  /** Commits rows and withdrawals, which carry their revision, as one run would; `at` is when, without it: now. */
  commit(
    dataset: string,
    rows: readonly DayFigure[],
    withdrawn?: readonly DayFigure[],
    at?: Date,
  ): Promise<void> | void;
}

/** A row with plain figures; everything can be overridden. */
export function incidenceFigure(overrides: Partial<DayFigure> = {}): DayFigure {
  return {
    region: 'ALP',
    region_name: 'Alpha',
    date: '2023-05-01',
    new_cases: 10,
    new_deaths: 1,
    new_recovered: null,
    new_hospitalized: 0,
    basis: 'reported',
    filled: [],
    source: 'history.csv',
    run_id: '00000000-0000-4000-8000-000000000001',
    revision: 1,
    ...overrides,
  };
}

/** What asks for everything: each day of every region with each metric, as of any revision, on one page. */
export function everything(dataset: string, overrides: Partial<IncidencePageQuery> = {}): IncidencePageQuery {
  return { dataset, metrics, interval: 'day', order: 'date', limit: 10_000, snapshot: 1_000_000, ...overrides };
}

export function places(rows: readonly IncidenceRow[]): string[] {
  return rows.map(({ region, date }) => `${region} ${date}`);
}

/** Everything that an iterable gives, as text. */
export async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(all));
}

/** The rows of an NDJSON text. */
export function rowsOf(ndjson: string): IncidenceRow[] {
  return ndjson
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as IncidenceRow);
}
