import { open, type FileHandle } from 'node:fs/promises';
import { invalidCursor, WeirError } from '@weir/pipeline';
import { decodeCursor, encodeCursor, type Page } from '@weir/record';
import { publicName } from '../public/public-text.js';

/** A row that a run left out. */
export interface Reject {
  /** What its source calls the file. */
  readonly file: string;
  /** Line or row of the file, from 1. */
  readonly row: number | null;
  /** Stable, such as `invalid_figure`. */
  readonly code: string;
  readonly reason: string;
  /** The row as it was read, by column. */
  readonly record: unknown;
}

const NEWLINE = 0x0a;
const CHUNK = 64 * 1024;
/** A page ends here, though it holds fewer rows than asked for: a row may be long. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * A page of a run's rejects artefact (NDJSON), read from where the page before ended. The cursor names that place, the run,
 * and the size of the file, which never changes once the run's transform has ended.
 * @throws WeirError `invalid_cursor` where the cursor is none of this file; `artefact_missing` where there is none.
 */
export async function rejectsPage(
  runId: string,
  path: string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string },
): Promise<Page<Reject>> {
  const file = await open(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT') throw cause;
    throw new WeirError('artefact_missing', `The rejects of run ${runId} are gone: its folder was removed.`, { cause });
  });
  try {
    const { size } = await file.stat();
    const from = cursor === undefined ? 0 : await readPlace(cursor, runId, file, size);
    const { lines, end } = await readLines(file, from, limit);
    return {
      data: lines.map(rejectOf),
      next_cursor: end < size ? encodeCursor({ r: runId, o: end, s: size }) : null,
    };
  } finally {
    await file.close();
  }
}

async function readPlace(cursor: string, runId: string, file: FileHandle, size: number): Promise<number> {
  const { r, o: offset, s } = decodeCursor(cursor) ?? {};
  const isPlace = typeof offset === 'number' && Number.isSafeInteger(offset) && offset > 0 && offset < size;
  if (r === runId && s === size && isPlace) {
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, offset - 1);
    if (buffer[0] === NEWLINE) return offset;
  }
  throw notOfTheseRejects();
}

export function notOfTheseRejects(): WeirError {
  return invalidCursor("is not a cursor of this run's rejects; give back next_cursor unchanged, or begin without one");
}

/** Whole lines, `limit` of them or as many as fit into a page. @returns them, and the offset behind the last. */
async function readLines(file: FileHandle, from: number, limit: number) {
  const lines: string[] = [];
  let end = from;
  let line: Buffer[] = [];
  const take = (last: Buffer) => {
    const whole = Buffer.concat([...line, last]);
    line = [];
    end += whole.length;
    if (whole.some((byte) => byte > 0x20)) lines.push(whole.toString('utf8'));
  };
  const isFull = () => lines.length >= limit || end - from >= MOST_BYTES;
  for (let at = from; ;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK, at);
    let rest = buffer.subarray(0, bytesRead);
    if (rest.length === 0) {
      if (line.length > 0) take(rest);
      return { lines, end };
    }
    at += bytesRead;
    for (let newline = rest.indexOf(NEWLINE); newline >= 0; newline = rest.indexOf(NEWLINE)) {
      take(rest.subarray(0, newline + 1));
      if (isFull()) return { lines, end };
      rest = rest.subarray(newline + 1);
    }
    if (rest.length > 0) line.push(rest);
  }
}

function rejectOf(line: string): Reject {
  try {
    const { file, row = null, code, reason, record = null } = JSON.parse(line) as Reject;
    return { file: publicName(file), row, code, reason, record };
  } catch (cause) {
    throw new WeirError(
      'artefact_unreadable',
      'A line of the rejects is no reject: the file was changed after Weir wrote it.',
      { cause },
    );
  }
}
