import { isUtf8 } from 'node:buffer';
import { open, type FileHandle } from 'node:fs/promises';
import { WeirError } from '@weir/pipeline';

/** Bytes of a file that are read at a time. */
export const CHUNK_BYTES = 1024 * 1024;

/** The marks that begin a file of one encoding and no other. */
const BYTE_ORDER_MARKS = [
  { encoding: 'utf-8', bytes: Buffer.from([0xef, 0xbb, 0xbf]) },
  { encoding: 'utf-16le', bytes: Buffer.from([0xff, 0xfe]) },
  { encoding: 'utf-16be', bytes: Buffer.from([0xfe, 0xff]) },
];

/**
 * The text of a file as UTF-8 without its byte order mark, in chunks that each end with a whole character.
 * A byte order mark wins over the declared encoding, as everywhere on the web.
 * @param name how messages call the file.
 * @throws WeirError `wrong_encoding` at the first byte that is no text in the encoding.
 */
export async function* utf8Chunks(path: string, name: string, declared: string): AsyncGenerator<Buffer> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(3);
    const { bytesRead } = await file.read(head, 0, 3, 0);
    const mark = BYTE_ORDER_MARKS.find(({ bytes }) => head.subarray(0, bytesRead).indexOf(bytes) === 0);
    const encoding = mark?.encoding ?? new TextDecoder(declared).encoding;
    const start = mark?.bytes.length ?? 0;
    const decode = encoding === 'utf-8' ? utf8Check() : transcoder(encoding);
    let position = start;
    try {
      for await (const chunk of chunks(file, start)) {
        yield decode(chunk, false);
        position += chunk.length;
      }
      yield decode(Buffer.alloc(0), true);
    } catch (cause) {
      if (!(cause instanceof Undecodable)) throw cause;
      const line = await undecodableLine(file, encoding, start, position);
      const said = mark ? `the byte order mark at its beginning says ${encoding}` : `\`encoding\` says ${encoding}`;
      throw new WeirError(
        'wrong_encoding',
        `${name}:${line} holds bytes that are no text in ${encoding}, and ${said}. Give the encoding that the file is ` +
          'written in, such as `encoding: windows-1251` or `encoding: utf-16le`.',
        { details: { file: name, line, encoding } },
      );
    }
  } finally {
    await file.close();
  }
}

class Undecodable extends Error {}

/** Bytes in, UTF-8 out; throws Undecodable. What ends within a character waits for the next call, or fails the last one. */
type Decode = (chunk: Buffer, last: boolean) => Buffer;

/** UTF-8 stays as it is: only its validity is checked. */
function utf8Check(): Decode {
  let cut: Buffer = Buffer.alloc(0);
  return (chunk, last) => {
    const bytes = cut.length === 0 ? chunk : Buffer.concat([cut, chunk]);
    const end = last ? bytes.length : wholeCharacters(bytes);
    const whole = bytes.subarray(0, end);
    if (!isUtf8(whole)) throw new Undecodable();
    cut = bytes.subarray(end);
    return whole;
  };
}

function transcoder(encoding: string): Decode {
  const decode = textDecoder(encoding);
  return (chunk, last) => Buffer.from(decode(chunk, last), 'utf8');
}

function textDecoder(encoding: string): (chunk: Buffer, last: boolean) => string {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  return (chunk, last) => {
    try {
      // Chunks always as a stream: decoded in one piece, Node 20 takes windows-1252 for Latin-1.
      return decoder.decode(chunk, { stream: !last });
    } catch {
      throw new Undecodable();
    }
  };
}

/** How many bytes come before a character of UTF-8 that the end cuts in two. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back]!;
    const isLead = byte >= 0xc0;
    if (!isLead && byte >= 0x80) continue;
    const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : isLead ? 2 : 1;
    return size > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/**
 * The line of the first byte that does not decode, which is known to come after `position`. A decoder does not say where it
 * failed, so that the file is decoded again: up to there in chunks, then byte by byte.
 */
async function undecodableLine(file: FileHandle, encoding: string, start: number, position: number): Promise<number> {
  const decode = textDecoder(encoding);
  let line = 1;
  let before = '';
  const count = (bytes: Buffer): void => {
    for (const character of decode(bytes, false)) {
      if (character === '\r' || (character === '\n' && before !== '\r')) line += 1;
      before = character;
    }
  };
  try {
    for await (const chunk of chunks(file, start, position)) count(chunk);
    for await (const chunk of chunks(file, position)) {
      for (let i = 0; i < chunk.length; i += 1) count(chunk.subarray(i, i + 1));
    }
  } catch (cause) {
    if (!(cause instanceof Undecodable)) throw cause;
  }
  return line;
}

/** @param end the first byte that is not wanted. */
async function* chunks(file: FileHandle, start: number, end = Infinity): AsyncGenerator<Buffer> {
  for (let position = start; position < end;) {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    const { bytesRead } = await file.read(buffer, 0, Math.min(CHUNK_BYTES, end - position), position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
