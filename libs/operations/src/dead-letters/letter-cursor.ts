import { invalidCursor, letterIdPattern } from '@weir/pipeline';
import { decodeCursor, encodeCursor } from '@weir/record';

/** Which letters: those that wait to be replayed, those that were, or both. */
export const letterStates = ['waiting', 'replayed', 'all'] as const;
export type LetterState = (typeof letterStates)[number];

/** @param from id of the letter with which the next page begins. */
export function writeLetterCursor(from: string, state: LetterState): string {
  return encodeCursor({ l: from, s: state });
}

/** @throws WeirError `invalid_cursor` where the text is no cursor of this list, or one of another state. */
export function readLetterCursor(text: string, state: LetterState): string {
  const { l: from, s } = decodeCursor(text) ?? {};
  if (typeof from !== 'string' || !isLetterId(from)) {
    throw invalidCursor('is not a cursor of this list; give back next_cursor unchanged, or begin without one');
  }
  if (s !== state) throw invalidCursor('belongs to another state; keep it while you page, or begin without a cursor');
  return from;
}

export function isLetterId(text: string): boolean {
  return letterIdPattern.test(text);
}
