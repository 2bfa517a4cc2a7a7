import type { ExportFormat } from './incidence.repository.js';
import type { EncodedPage } from './result-cache.js';

/** What an answer is written in. */
export const answerFormats = ['json', 'csv', 'ndjson'] as const;
export type AnswerFormat = 'json' | ExportFormat;

/** Rows to the end, as text. Nothing more is read until what was read is taken; `return` stops reading. */
export type RowStream = AsyncIterableIterator<Uint8Array, undefined>;

/** An answer before any row of it is read. */
export interface Answer {
  /** The same for the same question of the same state in the same format, and for nothing else. */
  readonly tag: string;
  readonly format: AnswerFormat;
  /** What a file of it may be called, without an ending. */
  readonly name: string;
  /** Reads it; call once. What fails here has given away nothing yet. */
  readonly read: () => Promise<EncodedPage | RowStream>;
}

/**
 * Begins to read, so that what fails at once fails here.
 *
 * An object and not a generator, because `return` of a generator that was never read from does not reach its source.
 */
export async function begun(chunks: AsyncIterable<Uint8Array>): Promise<RowStream> {
  const source = chunks[Symbol.asyncIterator]();
  let first: IteratorResult<Uint8Array> | null = await source.next();
  const end = { done: true, value: undefined } as const;
  const stream: RowStream = {
    [Symbol.asyncIterator]: () => stream,
    next: async () => {
      const next = first ?? (await source.next());
      first = null;
      return next.done === true ? end : next;
    },
    return: async () => {
      await source.return?.();
      return end;
    },
  };
  return stream;
}

/** One page, whole. */
export function jsonPage(data: readonly object[], nextCursor: string | null): EncodedPage {
  // Bytes of their own: small buffers would keep a shared block alive.
  return { body: new TextEncoder().encode(JSON.stringify({ data, next_cursor: nextCursor })), nextCursor };
}

export async function gathered(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of chunks) parts.push(part);
  const whole = new Uint8Array(parts.reduce((bytes, { byteLength }) => bytes + byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}
