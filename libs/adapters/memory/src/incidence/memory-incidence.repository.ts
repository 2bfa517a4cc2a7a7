import {
  IncidenceRepository,
  metrics as allMetrics,
  type ExportFormat,
  type IncidenceOrder,
  type IncidencePageQuery,
  type IncidencePosition,
  type IncidenceQuery,
  type IncidenceRow,
  type RegionFigures,
  type RegionSummary,
} from '@weir/incidence';
import { csvHeader, csvLine } from './csv-lines.js';
import { regionFigures } from './region-figures.js';
import { restricted, summedUp } from './summed-up.js';

/** Rows a chunk of an export. */
const rowsAtOnce = 1000;

/** A revision of a row: its figures, or its withdrawal. */
export interface Revision {
  readonly row: IncidenceRow;
  readonly withdrawn: boolean;
}

interface Dataset {
  readonly revisions: Revision[];
  readonly commits: { readonly revision: number; readonly at: Date }[];
}

/** Figures of any number of datasets, all revisions of them. */
export class MemoryIncidenceRepository extends IncidenceRepository {
  private readonly datasets = new Map<string, Dataset>();

  /** Commits rows of days and withdrawals, which carry their revision, as one run at one time. */
  commit(
    dataset: string,
    rows: readonly IncidenceRow[],
    withdrawn: readonly IncidenceRow[] = [],
    at: Date = new Date(),
  ): void {
    const { revisions, commits } = this.datasets.get(dataset) ?? { revisions: [], commits: [] };
    this.datasets.set(dataset, { revisions, commits });
    for (const row of rows) revisions.push({ row, withdrawn: false });
    for (const row of withdrawn) revisions.push({ row, withdrawn: true });
    const committed = new Set([...rows, ...withdrawn].map(({ revision }) => revision));
    commits.push(...[...committed].map((revision) => ({ revision, at })));
  }

  async snapshot(dataset: string, asOf?: Date): Promise<number> {
    const commits = this.datasets.get(dataset)?.commits ?? [];
    const seen = commits.filter(({ at }) => asOf === undefined || at.getTime() <= asOf.getTime());
    return seen.reduce((highest, { revision }) => Math.max(highest, revision), 0);
  }

  async find(query: IncidencePageQuery): Promise<IncidenceRow[]> {
    return this.answer(query).slice(0, query.limit);
  }

  async endOfPage(query: IncidencePageQuery): Promise<IncidencePosition | null> {
    const rows = this.answer(query);
    const last = rows[query.limit - 1];
    return last && rows.length > query.limit ? { region: last.region, date: last.date } : null;
  }

  async *export(query: IncidenceQuery & { readonly limit?: number }, format: ExportFormat): AsyncIterable<Uint8Array> {
    const rows = this.answer(query).slice(0, query.limit);
    if (format === 'csv') yield Buffer.from(csvHeader(query));
    const line = format === 'csv' ? csvLine : (row: IncidenceRow) => `${JSON.stringify(row)}\n`;
    for (let from = 0; from < rows.length; from += rowsAtOnce) {
      const lines = rows.slice(from, from + rowsAtOnce).map((row) => line(row, query));
      yield Buffer.from(lines.join(''));
    }
  }

  async regions(dataset: string, snapshot: number): Promise<RegionSummary[]> {
    const summaries = new Map<string, RegionSummary>();
    for (const row of this.visible(dataset, snapshot).sort(comparison('region'))) {
      const known = summaries.get(row.region);
      summaries.set(row.region, {
        region: row.region,
        region_name: row.region_name,
        first_date: known?.first_date ?? row.date,
        last_date: row.date,
        count: (known?.count ?? 0) + 1,
      });
    }
    return [...summaries.values()];
  }

  async latest(dataset: string, snapshot: number, regions?: readonly string[]): Promise<RegionFigures[]> {
    const rows = this.visible(dataset, snapshot)
      .filter(({ region }) => regions === undefined || regions.includes(region))
      .sort(comparison('region'));
    return [...grouped(rows, ({ region }) => region).values()].map(regionFigures);
  }

  /** All rows that answer a question, in order. */
  private answer(query: IncidenceQuery): IncidenceRow[] {
    const { regions, from, to, basis, after, interval, order, metrics } = query;
    const compare = comparison(order);
    const days = this.visible(query.dataset, query.snapshot)
      .filter((row) => regions === undefined || regions.includes(row.region))
      .filter((row) => (from === undefined || row.date >= from) && (to === undefined || row.date <= to))
      .filter((row) => basis === undefined || row.basis === basis);
    const rows =
      interval === 'day'
        ? days.map((row) => restricted(row, metrics))
        : summedUp(days.sort(comparison('region')), interval, metrics);
    return rows.filter((row) => after === undefined || compare(row, after) > 0).sort(compare);
  }

  private visible(dataset: string, snapshot: number): IncidenceRow[] {
    const latest = new Map<string, Revision>();
    for (const revision of this.datasets.get(dataset)?.revisions ?? []) {
      const { row } = revision;
      if (row.revision > snapshot) continue;
      const identity = JSON.stringify([row.region, row.date]);
      if (row.revision >= (latest.get(identity)?.row.revision ?? 0)) latest.set(identity, revision);
    }
    const seen = [...latest.values()].filter(({ withdrawn }) => !withdrawn);
    return seen.map(({ row }) => restricted(row, allMetrics));
  }
}

/** Groups keep the order in which their first row came. */
function grouped<Row>(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(key(row)) ?? [];
    groups.set(key(row), group);
    group.push(row);
  }
  return groups;
}

function comparison(order: IncidenceOrder): (a: IncidencePosition, b: IncidencePosition) => number {
  const byRegion = (a: IncidencePosition, b: IncidencePosition) =>
    Buffer.compare(Buffer.from(a.region), Buffer.from(b.region));
  const byDate = (a: IncidencePosition, b: IncidencePosition) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0);
  switch (order) {
    case 'date':
      return (a, b) => byDate(a, b) || byRegion(a, b);
    case '-date':
      return (a, b) => byDate(b, a) || byRegion(a, b);
    case 'region':
      return (a, b) => byRegion(a, b) || byDate(a, b);
    case '-region':
      return (a, b) => byRegion(b, a) || byDate(b, a);
  }
}
