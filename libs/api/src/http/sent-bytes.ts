import type { ServerResponse } from 'node:http';

/**
 * Counts what is written to an answer's body. Made before anything that compresses puts itself in between, it sees what
 * goes out.
 */
export function countBytes(response: ServerResponse): () => number {
  let bytes = 0;
  const write = response.write.bind(response) as (...args: unknown[]) => boolean;
  const end = response.end.bind(response) as (...args: unknown[]) => ServerResponse;
  const count = ([chunk, encoding]: readonly unknown[]) => {
    // What is written of a body where there must not be one (HEAD, 304) is dropped by Node.
    if (response.req.method === 'HEAD' || response.statusCode === 304 || response.statusCode === 204) return;
    if (typeof chunk === 'string') {
      bytes += Buffer.byteLength(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8');
    } else if (chunk instanceof Uint8Array) bytes += chunk.byteLength;
  };
  response.write = ((...args: unknown[]) => {
    count(args);
    return write(...args);
  }) as ServerResponse['write'];
  response.end = ((...args: unknown[]) => {
    count(args);
    return end(...args);
  }) as ServerResponse['end'];
  return () => bytes;
}
