import type { KeyedLines } from './encoded-messages.js';

const LINE_FEED = 0x0a;

/** Bytes of a record beside its key and value, at most: five numbers of up to five bytes, attributes, no headers. */
const FRAME_BYTES = 27;

/**
 * Records as they stand in a batch of Kafka's protocol (version 2): each with its length, no attributes, the batch's time,
 * its position in the batch, key, value, and no headers. Lengths and positions are zigzag varints.
 * https://kafka.apache.org/documentation/#record
 */
export function encodeRecords(groups: readonly KeyedLines[]): { readonly bytes: Buffer; readonly records: number } {
  const keyed = groups.map(({ key, lines }) => ({ key: Buffer.from(key), lines, ends: lineEnds(lines) }));
  const size = keyed.reduce(
    (sum, { key, lines, ends }) => sum + lines.length + ends.length * (key.length + FRAME_BYTES),
    0,
  );
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  let position = 0;
  for (const { key, lines, ends } of keyed) {
    let start = 0;
    for (const end of ends) {
      const length = end - start;
      const body = 3 + varintSize(position) + varintSize(key.length) + key.length + varintSize(length) + length;
      at = writeVarint(bytes, at, body);
      bytes[at++] = 0; // attributes
      bytes[at++] = 0; // milliseconds after the batch's first
      at = writeVarint(bytes, at, position);
      at = writeVarint(bytes, at, key.length);
      at += key.copy(bytes, at);
      at = writeVarint(bytes, at, length);
      at += lines.copy(bytes, at, start, end);
      bytes[at++] = 0; // headers
      position += 1;
      start = end + 1;
    }
  }
  return { bytes: bytes.subarray(0, at), records: position };
}

/** Where each line ends. */
function lineEnds(lines: Buffer): readonly number[] {
  const ends: number[] = [];
  for (let end = lines.indexOf(LINE_FEED); end !== -1; end = lines.indexOf(LINE_FEED, end + 1)) ends.push(end);
  ends.push(lines.length);
  return ends;
}

/** Bytes of a number from 0 to 2^30 as a zigzag varint: seven bits a byte, and one bit for the sign. */
function varintSize(value: number): number {
  let size = 1;
  for (let rest = value * 2; rest > 127; rest >>>= 7) size += 1;
  return size;
}

function writeVarint(bytes: Buffer, at: number, value: number): number {
  let next = at;
  let rest = value * 2;
  for (; rest > 127; rest >>>= 7) bytes[next++] = (rest & 127) | 128;
  bytes[next++] = rest;
  return next;
}
