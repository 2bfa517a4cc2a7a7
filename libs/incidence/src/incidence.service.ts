import { WeirError } from '@weir/pipeline';
import { invalidCursor, readCursor, writeCursor, type CursorFilters } from './incidence-cursor.js';
import type { IncidenceOrder, IncidenceRow, RegionSummary } from './incidence.js';
import type { IncidenceRepository } from './incidence.repository.js';
import { regionCodes } from './region-names.js';

/** Snapshots whose regions are remembered; a snapshot never changes. */
const rememberedSnapshots = 8;

/** What a reader asks for; days are `YYYY-MM-DD` and inclusive. */
export interface IncidenceParameters {
  /** Codes or exact names; absent or empty: all. */
  readonly regions?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly order: IncidenceOrder;
  /** Rows a page, 1 to 10,000. */
  readonly limit: number;
  readonly cursor?: string;
}

export interface Page<Row> {
  readonly data: readonly Row[];
  /** Asks for the page after this one; null on the last. */
  readonly next_cursor: string | null;
}

/** Answers questions about the figures, page by page; all pages of an answer come from the state of its first. */
export class IncidenceService {
  private readonly regionsOf = new Map<string, Promise<RegionSummary[]>>();

  constructor(private readonly repository: IncidenceRepository) {}

  /** @throws WeirError `validation_failed` (from after to), `invalid_cursor`, `unknown_region`. */
  async list(dataset: string, parameters: IncidenceParameters): Promise<Page<IncidenceRow>> {
    const { from, to, order, limit } = parameters;
    const regions = parameters.regions?.length ? parameters.regions : undefined;
    if (from !== undefined && to !== undefined && from > to) throw fromAfterTo(from, to);
    const filters = { dataset, order, ...(regions && { regions }), ...(from && { from }), ...(to && { to }) };
    const { snapshot, after } = await this.begin(filters, parameters.cursor);
    const codes = regions && regionCodes(regions, await this.regionsAt(dataset, snapshot));
    const rows = await this.repository.find({
      dataset,
      order,
      snapshot,
      limit: limit + 1,
      ...(codes && { regions: codes }),
      ...(from && { from }),
      ...(to && { to }),
      ...(after && { after }),
    });
    const data = rows.slice(0, limit);
    const last = data.at(-1);
    if (rows.length <= limit || last === undefined) return { data, next_cursor: null };
    const position = { region: last.region, date: last.date };
    return { data, next_cursor: writeCursor({ snapshot, after: position }, filters) };
  }

  /** All regions with figures, by code; they fit on one page. */
  async regions(dataset: string): Promise<Page<RegionSummary>> {
    const data = await this.regionsAt(dataset, await this.repository.snapshot(dataset));
    return { data, next_cursor: null };
  }

  private async begin(filters: CursorFilters, cursor: string | undefined) {
    const begun = cursor === undefined ? undefined : readCursor(cursor, filters);
    const current = await this.repository.snapshot(filters.dataset);
    if (begun === undefined) return { snapshot: current, after: undefined };
    // A state that is still to come may change, and what is remembered of it would be wrong for everybody.
    if (begun.snapshot > current) throw invalidCursor('names a state that does not exist; begin without one');
    return begun;
  }

  private regionsAt(dataset: string, snapshot: number): Promise<RegionSummary[]> {
    const key = JSON.stringify([dataset, snapshot]);
    const known = this.regionsOf.get(key);
    if (known !== undefined) return known;
    const found = this.repository.regions(dataset, snapshot).catch((error: unknown) => {
      this.regionsOf.delete(key);
      throw error;
    });
    this.regionsOf.set(key, found);
    const oldest = this.regionsOf.keys().next();
    if (this.regionsOf.size > rememberedSnapshots && oldest.value !== undefined) this.regionsOf.delete(oldest.value);
    return found;
  }
}

function fromAfterTo(from: string, to: string): WeirError {
  const message = `must not be after to (${from} is after ${to})`;
  return new WeirError('validation_failed', `from ${message}.`, { details: { errors: [{ field: 'from', message }] } });
}
