import {
  IncidenceRepository,
  type IncidenceOrder,
  type IncidencePosition,
  type IncidenceQuery,
  type IncidenceRow,
  type RegionSummary,
} from '@weir/incidence';

/** A revision of a row: its figures, or its withdrawal. */
export interface Revision {
  readonly row: IncidenceRow;
  readonly withdrawn: boolean;
}

/** Figures of any number of datasets, all revisions of them. */
export class MemoryIncidenceRepository extends IncidenceRepository {
  private readonly datasets = new Map<string, Revision[]>();

  /** Commits rows and withdrawals; they carry their revision. */
  commit(dataset: string, rows: readonly IncidenceRow[], withdrawn: readonly IncidenceRow[] = []): void {
    const revisions = this.datasets.get(dataset) ?? [];
    this.datasets.set(dataset, revisions);
    revisions.push(...rows.map((row) => ({ row, withdrawn: false })));
    revisions.push(...withdrawn.map((row) => ({ row, withdrawn: true })));
  }

  async snapshot(dataset: string): Promise<number> {
    const revisions = this.datasets.get(dataset) ?? [];
    return revisions.reduce((highest, { row }) => Math.max(highest, row.revision), 0);
  }

  async find(query: IncidenceQuery): Promise<IncidenceRow[]> {
    const { regions, from, to, after, order } = query;
    const compare = comparison(order);
    return this.visible(query.dataset, query.snapshot)
      .filter((row) => regions === undefined || regions.includes(row.region))
      .filter((row) => (from === undefined || row.date >= from) && (to === undefined || row.date <= to))
      .filter((row) => after === undefined || compare(row, after) > 0)
      .sort(compare)
      .slice(0, query.limit);
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

  private visible(dataset: string, snapshot: number): IncidenceRow[] {
    const latest = new Map<string, Revision>();
    for (const revision of this.datasets.get(dataset) ?? []) {
      const { row } = revision;
      if (row.revision > snapshot) continue;
      const identity = JSON.stringify([row.region, row.date]);
      if (row.revision >= (latest.get(identity)?.row.revision ?? 0)) latest.set(identity, revision);
    }
    return [...latest.values()].filter(({ withdrawn }) => !withdrawn).map(({ row }) => row);
  }
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
