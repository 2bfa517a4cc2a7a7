import { DuckDBBlobValue } from '@duckdb/node-api';
import { identifier, literal, WeirError, type RecordChunk } from '@weir/pipeline';
import type { RecordSchema } from '@weir/record';
import { openDuckDb, type DuckDbSettings, type OpenDuckDb } from './duckdb-instance.js';

export interface JsonRecordsSettings extends DuckDbSettings {
  /** What the records consist of. */
  readonly schema: RecordSchema;
  /** Records that are read, and held in memory, at a time. */
  readonly batchRows: number;
}

/** Records of one series, in the file's order. */
export interface SeriesLines {
  /** The series: the value of its field, or, of several fields, their values joined by `/`. */
  readonly key: string;
  readonly rows: number;
  /** One JSON object a record, UTF-8, with a line feed between two of them and none at the end. */
  readonly lines: Buffer;
}

/** A reader of changes as the JSON texts that travel over a topic. */
export interface JsonRecords {
  /**
   * The records of a chunk, `batchRows` or fewer at a time, each time by series. Fails with `query_failed` where the file
   * cannot be read, or a figure is no number.
   */
  read(chunk: RecordChunk): AsyncIterable<readonly SeriesLines[]>;
  close(): Promise<void>;
}

/**
 * Reads ranges of changes' Parquet files as JSON. DuckDB writes the texts itself and hands over one buffer for each series:
 * a row never becomes a JavaScript value, which would cost more than everything else here together. The same chunk always
 * gives the same bytes.
 */
export function jsonRecords(settings: JsonRecordsSettings): JsonRecords {
  let opened: Promise<OpenDuckDb> | null = null;
  return {
    async *read(chunk) {
      opened ??= openDuckDb(settings);
      const { connection } = await opened.catch((error: unknown) => {
        opened = null;
        throw error;
      });
      for (let from = chunk.from; from < chunk.to; from += settings.batchRows) {
        const to = Math.min(chunk.to, from + settings.batchRows);
        yield await attempt(async () => {
          const result = await connection.runAndReadAll(batchSql(chunk, from, to, settings.schema));
          return result.getRows().map(seriesLines);
        });
      }
    },
    close: async () => {
      const closing = opened;
      opened = null;
      await (await closing)?.close();
    },
  };
}

function batchSql(chunk: RecordChunk, from: number, to: number, schema: RecordSchema): string {
  const series = schema.series.map(identifier);
  const key = series.length === 1 ? series[0] : `concat_ws('/', ${series.join(', ')})`;
  return `SELECT key, count(*), encode(string_agg(json, chr(10) ORDER BY ordinal))
    FROM (SELECT ordinal, ${key} AS key, ${jsonSql(chunk, schema)} AS json FROM read_parquet(${literal(chunk.file)})
      WHERE ordinal >= ${from} AND ordinal < ${to})
    GROUP BY key ORDER BY min(ordinal)`;
}

/** An expression for the JSON of a record: the fields in the topic's order, none left out. */
function jsonSql(chunk: RecordChunk, schema: RecordSchema): string {
  const fields: readonly (readonly [name: string, sql: string])[] = [
    ['dataset', literal(JSON.stringify(chunk.dataset))],
    ...[...schema.series, ...schema.labels].map((name) => [name, textSql(identifier(name))] as const),
    [schema.time, textSql(`${identifier(schema.time)}::VARCHAR`)],
    ...schema.metrics.map((name) => [name, figureSql(identifier(name))] as const),
    ['basis', textSql('basis')],
    ['filled', textSql('filled')],
    ['source', textSql('source')],
    ['run_id', literal(JSON.stringify(chunk.run_id))],
    ['revision', literal(String(chunk.revision))],
    ['withdrawn', textSql('withdrawn')],
  ];
  const parts = fields.map(
    ([name, sql], position) => `${literal(`${position === 0 ? '{' : ','}${JSON.stringify(name)}:`)}, ${sql}`,
  );
  return `concat(${parts.join(', ')}, '}')`;
}

/** A text, a list of texts, a truth; concat would leave a NULL out, and the JSON broken. */
const textSql = (value: string) => `coalesce(to_json(${value}), 'null')`;

/**
 * A double as JavaScript would write it: the shortest text that reads back as the same number, and no fraction where there
 * is none. JSON knows neither NaN nor infinity; records are validated long before, so that one here is a mistake of ours.
 */
function figureSql(figure: string): string {
  return `CASE WHEN ${figure} = trunc(${figure}) AND abs(${figure}) < 9007199254740992 THEN ${figure}::BIGINT::VARCHAR
    WHEN ${figure} IS NULL THEN 'null'
    WHEN isfinite(${figure}) THEN ${figure}::VARCHAR
    ELSE error(${literal(`the figure ${figure} is no number`)}) END`;
}

function seriesLines(row: readonly unknown[]): SeriesLines {
  const [key, rows, lines] = row;
  if (typeof key !== 'string' || typeof rows !== 'bigint' || !(lines instanceof DuckDBBlobValue)) {
    throw new Error('a record has a field that may not be null');
  }
  const { buffer, byteOffset, byteLength } = lines.bytes;
  return { key, rows: Number(rows), lines: Buffer.from(buffer, byteOffset, byteLength) };
}

async function attempt<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new WeirError('query_failed', `The changes of a run cannot be read: ${message}`, { cause });
  }
}
