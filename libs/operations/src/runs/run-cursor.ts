import { createHash } from 'node:crypto';
import type { RunStatus } from '@weir/orchestration';
import { invalidCursor, type Branch } from '@weir/pipeline';
import { decodeCursor, encodeCursor } from '@weir/record';

/** What a list of runs was asked for with, besides its size: a cursor goes on with the same only. */
export interface RunListFilters {
  readonly pipeline?: string;
  readonly branch?: Branch;
  readonly status?: RunStatus;
}

/** @param before the place that the next page begins below. */
export function writeRunCursor(before: number, filters: RunListFilters): string {
  return encodeCursor({ n: before, f: hash(filters) });
}

/** @throws WeirError `invalid_cursor` where the text is no cursor of this list, or one of other filters. */
export function readRunCursor(text: string, filters: RunListFilters): number {
  const { n: before, f } = decodeCursor(text) ?? {};
  if (typeof before !== 'number' || !Number.isSafeInteger(before) || before < 0 || typeof f !== 'string') {
    throw invalidCursor('is not a cursor of this list; give back next_cursor unchanged, or begin without one');
  }
  if (f !== hash(filters)) {
    throw invalidCursor('belongs to other filters; keep them while you page, or begin without a cursor');
  }
  return before;
}

function hash({ pipeline, branch, status }: RunListFilters): string {
  const canonical = JSON.stringify([pipeline ?? null, branch ?? null, status ?? null]);
  return createHash('sha256').update(canonical).digest('base64url').slice(0, 12);
}
