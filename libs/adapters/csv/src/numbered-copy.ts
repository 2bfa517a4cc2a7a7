import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { WeirError, type LandedItem } from '@weir/pipeline';
import { checkHeader, fieldsOf, type Header } from './csv-header.js';
import type { CsvOptions } from './csv-options.js';
import { MAX_RECORD_BYTES, RecordScanner, type Flaw, type RecordHandler } from './record-scanner.js';
import { CHUNK_BYTES, utf8Chunks } from './utf8-chunks.js';

/** A row with more or fewer fields than the header. */
export interface RaggedRow {
  readonly file: string;
  /** The line where it begins, from 1. */
  readonly line: number;
  readonly found: number;
  readonly expected: number;
  readonly record: string;
}

/**
 * A CSV file that was checked byte by byte, and its copy that DuckDB reads: UTF-8, LF after each row, no header, and the line
 * on which a row begins as its first field. So each row knows its line whatever order DuckDB reads in, and nothing is left
 * in the file that DuckDB would take for something else.
 */
export class NumberedCopy implements RecordHandler {
  header: Header = { names: [], line: 0 };
  /** Rows in the copy; ragged ones are not. */
  rows = 0;
  /** Lines without a byte between rows: they hold no record. */
  blankLines = 0;
  private blankSinceRow = 0;
  private ragged: RaggedRow[] = [];
  private raggedRows = 0;
  private bytes = 0;
  private readonly scanner: RecordScanner;
  private readonly copied: LineBuffer;

  constructor(
    private readonly item: LandedItem,
    /** Where the copy is written. */
    readonly path: string,
    private readonly options: CsvOptions,
    private readonly wanted: readonly string[],
  ) {
    this.scanner = new RecordScanner(options.delimiter, options.quote, this, options.header - 1);
    this.copied = new LineBuffer(options.delimiter);
  }

  /** Whether a quoted field holds a new line. */
  get multiline(): boolean {
    return this.scanner.multiline;
  }

  /**
   * @param onRagged is handed the ragged rows of the file, those of a chunk at a time.
   * @throws WeirError with file and line: `file_empty`, `header_missing`, `duplicate_header`, `missing_column`, `no_rows`,
   *   `unclosed_quote`, `stray_quote`, `nul_byte`, `record_too_long`, `wrong_encoding`.
   */
  async write(onRagged: (rows: readonly RaggedRow[]) => Promise<void>): Promise<void> {
    await pipeline(Readable.from(this.chunks(onRagged)), createWriteStream(this.path));
    const { name } = this.item;
    if (this.bytes === 0) {
      throw refusal('file_empty', name, null, 'holds nothing. Check what its publisher wrote there.');
    }
    if (this.header.line === 0) this.headerMissing();
    if (this.rows + this.raggedRows === 0) {
      throw refusal(
        'no_rows',
        name,
        this.header.line,
        'is the header, and no row follows it. Check what its publisher wrote there.',
      );
    }
  }

  record(bytes: Buffer, start: number, end: number, line: number, fields: number): void {
    const expected = this.header.names.length;
    if (expected === 0) {
      this.readHeader(bytes.toString('utf8', start, end), line);
    } else if (fields === 0 && expected > 1) {
      this.blankSinceRow += 1; // counted if a row follows: lines at the end of a file are no gap
    } else {
      this.blankLines += this.blankSinceRow;
      this.blankSinceRow = 0;
      if (Math.max(fields, 1) === expected) {
        this.rows += 1;
        this.copied.add(line, bytes, start, end);
      } else {
        this.raggedRows += 1;
        const record = bytes.toString('utf8', start, end);
        this.ragged.push({ file: this.item.name, line, found: fields, expected, record });
      }
    }
  }

  flaw({ kind, line }: Flaw): never {
    throw refusal(kind, this.item.name, line, FLAWS[kind]);
  }

  private async *chunks(onRagged: (rows: readonly RaggedRow[]) => Promise<void>): AsyncGenerator<Buffer> {
    for await (const chunk of utf8Chunks(this.item.path, this.item.name, this.options.encoding)) {
      this.bytes += chunk.length;
      this.scanner.push(chunk);
      yield* this.flush(onRagged);
    }
    this.scanner.end();
    yield* this.flush(onRagged);
  }

  private async *flush(onRagged: (rows: readonly RaggedRow[]) => Promise<void>): AsyncGenerator<Buffer> {
    if (this.ragged.length > 0) await onRagged(this.ragged);
    this.ragged = [];
    yield this.copied.take();
  }

  private readHeader(record: string, line: number): void {
    const { delimiter, quote } = this.options;
    if (record.trim() === '') this.headerMissing();
    this.header = { names: fieldsOf(record, delimiter, quote).map((name) => name.trim()), line };
    checkHeader(this.item.name, this.header, this.wanted, delimiter);
  }

  private headerMissing(): never {
    const { header } = this.options;
    const advice = 'has no column names. Say with `header` on which line of the file they are.';
    throw refusal('header_missing', this.item.name, header, advice);
  }
}

const FLAWS: { readonly [kind in Flaw['kind']]: string } = {
  unclosed_quote:
    'opens a quote that is not closed where its field ends. Close it, or double it if it belongs to the text.',
  stray_quote:
    'has a quote in the middle of a field. Enclose the whole field in quotes and double those inside it, or say ' +
    '`quote: none` if the file does not use quotes to enclose fields.',
  nul_byte:
    'holds a NUL byte, which no text has. Is the file UTF-16? Then say `encoding: utf-16le`; is it compressed, or a ' +
    'spreadsheet? Then convert it to CSV first.',
  record_too_long: `begins a record of more than ${MAX_RECORD_BYTES} bytes. Is this a CSV file?`,
};

function refusal(code: string, file: string, line: number | null, message: string): WeirError {
  const place = line === null ? file : `${file}:${line}`;
  return new WeirError(code, `${place} ${message}`, { details: { file, ...(line === null ? {} : { line }) } });
}

/** Rows with their line numbers before them, gathered into pieces worth writing. */
class LineBuffer {
  private buffer: Buffer = Buffer.allocUnsafe(PIECE_BYTES);
  private length = 0;
  private readonly delimiter: number;

  constructor(delimiter: string) {
    this.delimiter = delimiter.charCodeAt(0);
  }

  add(line: number, bytes: Buffer, start: number, end: number): void {
    const most = this.length + LONGEST_NUMBER + end - start + 2;
    if (most > this.buffer.length) {
      const larger = Buffer.allocUnsafe(2 * most);
      this.buffer.copy(larger, 0, 0, this.length);
      this.buffer = larger;
    }
    const { buffer } = this;
    let at = writeNumber(buffer, this.length, line);
    buffer[at++] = this.delimiter;
    buffer.set(bytes.subarray(start, end), at);
    at += end - start;
    buffer[at++] = 10;
    this.length = at;
  }

  /** What was gathered since the last call. */
  take(): Buffer {
    const taken = this.buffer.subarray(0, this.length);
    this.buffer = Buffer.allocUnsafe(PIECE_BYTES); // the one given away is being written
    this.length = 0;
    return taken;
  }
}

/** Room for what a chunk of a file becomes, mostly. */
const PIECE_BYTES = 2 * CHUNK_BYTES;
const MAX_INT32 = 2 ** 31 - 1;
/** Digits of the largest number of a line. */
const LONGEST_NUMBER = 16;

/** Writes a whole number in digits; several times faster than by way of a text. @returns where it ends. */
function writeNumber(buffer: Buffer, at: number, value: number): number {
  if (value > MAX_INT32) return at + buffer.write(String(value), at, 'latin1');
  let end = at + 1;
  for (let rest = value | 0; rest >= 10; rest = (rest / 10) | 0) end += 1;
  let rest = value | 0;
  for (let i = end - 1; i >= at; i -= 1) {
    const tens = (rest / 10) | 0;
    buffer[i] = 48 + rest - 10 * tens;
    rest = tens;
  }
  return end;
}
