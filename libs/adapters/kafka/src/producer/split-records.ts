import type { KeyedLines } from './encoded-messages.js';

const LINE_FEED = 0x0a;

/**
 * Cuts records, in their order, into portions of no more than so many bytes. A record that is larger than that goes by
 * itself.
 */
export function splitRecords(records: readonly KeyedLines[], maxBytes: number): readonly (readonly KeyedLines[])[] {
  const portions: KeyedLines[][] = [];
  let portion: KeyedLines[] = [];
  let room = maxBytes;
  for (const { key, lines } of records) {
    let from = 0;
    while (from <= lines.length) {
      const fitting = lastEndWithin(lines, from, room);
      if (fitting === -1 && portion.length > 0) {
        portions.push(portion);
        portion = [];
        room = maxBytes;
        continue;
      }
      const end = fitting === -1 ? endOfLine(lines, from) : fitting;
      portion.push({ key, lines: lines.subarray(from, end) });
      room -= end - from;
      from = end + 1;
    }
  }
  if (portion.length > 0) portions.push(portion);
  return portions;
}

/** Cuts records into two portions of about the same size (three, where the middle one is large); null: there is only one. */
export function halves(records: readonly KeyedLines[]): readonly (readonly KeyedLines[])[] | null {
  const bytes = records.reduce((sum, { lines }) => sum + lines.length, 0);
  const portions = splitRecords(records, Math.ceil(bytes / 2));
  return portions.length > 1 ? portions : null;
}

/** End of the last line that is whole within so many bytes; -1 where not even the first is. */
function lastEndWithin(lines: Buffer, from: number, room: number): number {
  if (lines.length - from <= room) return lines.length;
  const end = room < 0 ? -1 : lines.lastIndexOf(LINE_FEED, from + room);
  return end < from ? -1 : end;
}

function endOfLine(lines: Buffer, from: number): number {
  const end = lines.indexOf(LINE_FEED, from);
  return end === -1 ? lines.length : end;
}
