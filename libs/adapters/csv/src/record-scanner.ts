/** What a scanner calls for each record, in order. The bytes are the caller's only until it returns. */
export interface RecordHandler {
  /**
   * @param bytes UTF-8; the record is `bytes[start, end)`, without its line ending.
   * @param line where the record begins, from 1.
   * @param fields 0 for a line without a byte.
   */
  record(bytes: Buffer, start: number, end: number, line: number, fields: number): void;
  flaw(flaw: Flaw): never;
}

/** What makes the rest of a file unreadable: after it nobody can say where a record ends. */
export interface Flaw {
  readonly kind: 'unclosed_quote' | 'stray_quote' | 'nul_byte' | 'record_too_long';
  /** From 1; for a quote, the line where it stands. */
  readonly line: number;
}

/** Bytes a record may have; DuckDB's own limit for a line, and what bounds the memory of a scan. */
export const MAX_RECORD_BYTES = 2_000_000;

enum State {
  FieldStart,
  Unquoted,
  Quoted,
  /** After a quote inside a quoted field: the closing one, or the first of two. */
  QuoteInQuoted,
}

const [NUL, LF, CR] = [0, 10, 13];
const [ORDINARY, DELIMITER, QUOTE, LINE_FEED, CARRIAGE_RETURN, ZERO] = [0, 1, 2, 3, 4, 5];

/**
 * Finds the records of a CSV file (RFC 4180, with LF, CRLF or CR, also mixed) in chunks of bytes, and counts their fields
 * exactly. It looks at bytes, not at texts, which is what makes it as fast as reading the file twice: DuckDB's reader
 * takes `4,5,6,` for three fields, skips empty lines and swallows the rest of a file after an unclosed quote.
 */
export class RecordScanner {
  /** Whether a quoted field held a new line so far. */
  multiline = false;
  private readonly kinds = new Uint8Array(256);
  /** The record whose end has not come yet, and how far it was scanned. */
  private pending: Buffer = Buffer.alloc(0);
  private position = 0;
  private state = State.FieldStart;
  private fields = 1;
  private line = 1;
  private recordLine = 1;
  private quoteLine = 1;

  /** @param quote null where the file has no quoting: then a quote is a character like others. */
  constructor(
    delimiter: string,
    quote: string | null,
    private readonly handler: RecordHandler,
    private linesToSkip = 0,
  ) {
    this.kinds[NUL] = ZERO;
    this.kinds[LF] = LINE_FEED;
    this.kinds[CR] = CARRIAGE_RETURN;
    this.kinds[delimiter.charCodeAt(0)] = DELIMITER;
    if (quote !== null) this.kinds[quote.charCodeAt(0)] = QUOTE;
  }

  push(chunk: Buffer): void {
    this.scan(this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]), false);
  }

  end(): void {
    this.scan(this.pending, true);
    if (this.state === State.Quoted) this.handler.flaw({ kind: 'unclosed_quote', line: this.quoteLine });
    if (this.pending.length > 0 && this.linesToSkip === 0)
      this.finish(this.pending, 0, this.pending.length, this.fields);
  }

  private scan(bytes: Buffer, last: boolean): void {
    const { kinds } = this;
    const { length } = bytes;
    // Fields of the object cost several times what variables do. What is called below is handed these two, and reads neither.
    let { state, fields } = this;
    let start = 0;
    let i = this.position;
    for (; i < length; i += 1) {
      const kind = kinds[bytes[i]!]!;
      if (kind === ORDINARY) {
        if (state === State.FieldStart) state = State.Unquoted;
        else if (state === State.QuoteInQuoted) this.strayQuote();
        while (i + 1 < length && kinds[bytes[i + 1]!] === ORDINARY) i += 1; // nine bytes of ten
        continue;
      }
      if (kind === DELIMITER && state !== State.Quoted && this.linesToSkip === 0) {
        fields += 1;
        state = State.FieldStart;
        continue;
      }
      if (kind === ZERO) this.handler.flaw({ kind: 'nul_byte', line: this.line });
      if (kind === CARRIAGE_RETURN && i + 1 === length && !last) break; // whether LF follows is known with the next chunk
      const newline = kind === LINE_FEED || (kind === CARRIAGE_RETURN && bytes[i + 1] !== LF);
      if (newline) this.line += 1;

      if (this.linesToSkip > 0) {
        if (newline) {
          this.linesToSkip -= 1;
          this.recordLine = this.line;
          start = i + 1;
        }
        state = State.FieldStart;
      } else if (state === State.Quoted) {
        if (kind === QUOTE) state = State.QuoteInQuoted;
        else if (newline) this.multiline = true;
      } else if (kind === QUOTE) {
        if (state === State.Unquoted) this.handler.flaw({ kind: 'stray_quote', line: this.line });
        if (state === State.FieldStart) this.quoteLine = this.line;
        state = State.Quoted;
      } else {
        const end = i;
        if (!newline) {
          i += 1; // the LF of a CRLF
          this.line += 1;
        }
        this.finish(bytes, start, end, fields);
        fields = 1;
        state = State.FieldStart;
        start = i + 1;
      }
    }
    this.state = state;
    this.fields = fields;
    this.pending = bytes.subarray(start);
    this.position = i - start;
    if (this.pending.length > MAX_RECORD_BYTES) this.tooLong(state === State.Quoted);
  }

  private finish(bytes: Buffer, start: number, end: number, fields: number): void {
    if (end - start > MAX_RECORD_BYTES) this.tooLong(false);
    this.handler.record(bytes, start, end, this.recordLine, end === start ? 0 : fields);
    this.recordLine = this.line;
  }

  /** A text after a closing quote: where the quote was opened on an earlier line, it was rather never closed. */
  private strayQuote(): never {
    const spansLines = this.quoteLine < this.line;
    return this.handler.flaw({ kind: spansLines ? 'unclosed_quote' : 'stray_quote', line: this.quoteLine });
  }

  private tooLong(quoted: boolean): never {
    return this.handler.flaw(
      quoted ? { kind: 'unclosed_quote', line: this.quoteLine } : { kind: 'record_too_long', line: this.recordLine },
    );
  }
}
