import { createHash } from 'node:crypto';
import { WeirError } from '@weir/pipeline';
import { decodeCursor, encodeCursor } from '@weir/record';
import { isDay } from './day.js';
import type { IncidencePosition } from './incidence.js';

/** Where the next page begins, and of which state. */
export interface IncidenceCursor {
  readonly snapshot: number;
  readonly after: IncidencePosition;
}

/** What a page was asked for with, besides its size: a cursor goes on with the same only. */
export interface CursorFilters {
  readonly dataset: string;
  readonly order: string;
  /** As the caller wrote them. */
  readonly regions?: readonly string[];
  readonly from?: string;
  readonly to?: string;
}

export function writeCursor({ snapshot, after }: IncidenceCursor, filters: CursorFilters): string {
  return encodeCursor({ s: snapshot, r: after.region, d: after.date, f: hash(filters) });
}

/** @throws WeirError `invalid_cursor` where the text is no cursor of ours, or one of other filters. */
export function readCursor(text: string, filters: CursorFilters): IncidenceCursor {
  const { s: snapshot, r: region, d: date, f } = decodeCursor(text) ?? {};
  const whole = typeof snapshot === 'number' && Number.isSafeInteger(snapshot) && snapshot >= 0;
  if (!whole || typeof region !== 'string' || typeof date !== 'string' || !isDay(date) || region.includes('\0')) {
    throw invalidCursor('is not a cursor of this list; give back next_cursor unchanged, or begin without one');
  }
  if (f !== hash(filters)) {
    throw invalidCursor(
      'belongs to other filters or another order; keep them while you page, or begin without a cursor',
    );
  }
  return { snapshot, after: { region, date } };
}

export function invalidCursor(message: string): WeirError {
  return new WeirError('invalid_cursor', `cursor ${message}.`, { details: { errors: [{ field: 'cursor', message }] } });
}

/** Regions count as a set. */
function hash({ dataset, order, regions, from, to }: CursorFilters): string {
  const set = regions === undefined ? null : [...new Set(regions)].sort();
  const canonical = JSON.stringify([dataset, order, set, from ?? null, to ?? null]);
  return createHash('sha256').update(canonical).digest('base64url').slice(0, 12);
}
