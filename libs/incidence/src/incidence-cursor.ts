import { invalidCursor } from '@weir/pipeline';
import { decodeCursor, encodeCursor } from '@weir/record';
import { isDay } from './day.js';
import type { IncidencePosition } from './incidence.js';
import { canonical, fingerprint, type Question } from './question.js';

/** Where the next page begins, and of which state. */
export interface IncidenceCursor {
  readonly snapshot: number;
  /** The state that named the regions, where `snapshot` did not know them all. */
  readonly naming?: number;
  readonly after: IncidencePosition;
}

/** Characters of a fingerprint that tell questions apart; a cursor is checked, not secret. */
const enough = 12;

export function writeCursor({ snapshot, naming, after }: IncidenceCursor, question: Question): string {
  const { region, date } = after;
  return encodeCursor({
    s: snapshot,
    ...(naming !== undefined && { n: naming }),
    r: region,
    d: date,
    f: hash(question),
  });
}

/** @throws WeirError `invalid_cursor` where the text is no cursor of ours, or one of another question. */
export function readCursor(text: string, question: Question): IncidenceCursor {
  const { s: snapshot, n: naming, r: region, d: date, f } = decodeCursor(text) ?? {};
  const whole = isState(snapshot) && (naming === undefined || isState(naming));
  if (!whole || typeof region !== 'string' || typeof date !== 'string' || !isDay(date) || region.includes('\0')) {
    throw invalidCursor('is not a cursor of this list; give back next_cursor unchanged, or begin without one');
  }
  if (f !== hash(question)) {
    throw invalidCursor(
      'belongs to other filters or another order; keep them while you page, or begin without a cursor',
    );
  }
  return { snapshot, ...(naming !== undefined && { naming }), after: { region, date } };
}

function isState(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function hash(question: Question): string {
  return fingerprint(canonical(question)).slice(0, enough);
}
