import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Answer } from '@weir/incidence';
import type { Request, Response } from 'express';
import { isKnown } from '../http/conditional.js';
import { contentTypes } from './negotiate.js';

/**
 * Sends an answer, or 304 to who has it already. `no-cache` is "keep it, but ask each time": the tag makes asking cheap,
 * and no old figure is shown after a commit.
 *
 * Nothing is sent, no header either, before the first rows are there: what fails until then is an ordinary problem.
 */
export async function sendFigures(
  request: Request,
  response: Response,
  { tag, format, name, read }: Answer,
): Promise<void> {
  const caching = {
    ETag: `W/"${tag}"`,
    'Cache-Control': 'private, no-cache',
    Vary: 'Accept, Accept-Encoding, x-key',
  };
  if (isKnown(tag, request.get('if-none-match'))) {
    response.status(304).set(caching).end();
    return;
  }
  const content = await read();
  response.set(caching);
  // Not by `set`, which writes the parameters of a media type its own way.
  response.setHeader('Content-Type', contentTypes[format]);
  if (format !== 'json') response.setHeader('Content-Disposition', `attachment; filename="${name}.${format}"`);
  if ('body' in content) {
    const { body, nextCursor } = content;
    if (format !== 'json' && nextCursor !== null) response.setHeader('X-Next-Cursor', nextCursor);
    response.send(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  } else if (request.method === 'HEAD') {
    await content.return?.();
    response.end();
  } else {
    await stream(content, response);
  }
}

/** To the end, as fast as the reader takes it. What fails on the way cuts the connection: half an answer is none. */
async function stream(content: AsyncIterable<Uint8Array>, response: Response): Promise<void> {
  try {
    await pipeline(Readable.from(content, { objectMode: false }), response);
  } catch (error) {
    // The reader went away, which is in the line of the request.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}
