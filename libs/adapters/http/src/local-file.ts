import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { WeirError, type FetchedItem } from '@weir/pipeline';
import { checkSize } from './size-limit.js';

/** Bytes of a chunk: Node's own 64 kB cost more in calls than in bytes. */
const CHUNK_BYTES = 1024 * 1024;

/**
 * A local file as a stream.
 * @param name how messages call it.
 * @throws WeirError `source_not_found`, `source_not_a_file`, `source_unreadable`, `source_too_large`.
 */
export async function openFile(path: string, name: string, maxBytes: number): Promise<FetchedItem> {
  const status = await stat(path).catch((cause: unknown) => {
    throw unreadable(cause, name);
  });
  if (!status.isFile()) {
    throw new WeirError('source_not_a_file', `${name} is not a file. Name the file itself.`, { details: { name } });
  }
  checkSize(status.size, maxBytes, name, 'has');
  return { body: read(path, name, maxBytes), contentType: null };
}

async function* read(path: string, name: string, maxBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      checkSize(bytes, maxBytes, name, 'has'); // a file may grow while it is read
      yield chunk;
    }
  } catch (cause) {
    throw cause instanceof WeirError ? cause : unreadable(cause, name);
  }
}

function unreadable(cause: unknown, name: string): WeirError {
  const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown';
  if (reason === 'ENOENT' || reason === 'ENOTDIR') {
    return new WeirError('source_not_found', `There is no file ${name}.`, { details: { name }, cause });
  }
  const message = `${name} cannot be read (${reason}). Check its permissions and its disk.`;
  return new WeirError('source_unreadable', message, { details: { name, reason }, cause });
}
