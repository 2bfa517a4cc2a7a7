import compression from 'compression';
import type { RequestHandler } from 'express';

/** Bytes below which an answer is sent as it is. */
const threshold = 1024;
/** What compresses well and `compression` does not know. */
const alsoText = /^application\/x-ndjson\b/;

/**
 * Compresses answers (br, gzip), streamed ones as they pass: a reader that is slow slows the source down all the same.
 *
 * Never the answer to a POST: it may hold a key beside what the caller sent, and the length of the two together would
 * tell of the key (BREACH).
 */
export const compressed: RequestHandler = compression({
  threshold,
  filter: (request, response) =>
    request.method !== 'POST' &&
    (compression.filter(request, response) || alsoText.test(String(response.getHeader('Content-Type')))),
});
