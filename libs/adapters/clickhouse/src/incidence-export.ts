import { lastDayOf, type ExportFormat, type IncidencePosition } from '@weir/incidence';
import { withClickHouse, type ClickHouseClient } from './clickhouse.js';
import { extentOf, type Extent, type IncidenceRange } from './incidence-range.js';
import { INTERVAL_DAY, ORDER, rawConditions, rowsSql } from './incidence-rows.sql.js';
import { csvHeader, TEXT } from './incidence-text.sql.js';

/**
 * Raw rows of a query, about; twice as many at most, unless they are revisions of one row. Ten thousand are a megabyte and
 * a half of CSV, three of NDJSON. A query for some regions reads their part of the table only; one for some days looks
 * through all of it, so that there are fewer of these.
 */
const ROWS_AT_ONCE = { region: 10_000, day: 20_000 };

/** Consecutive days (first days of intervals) or regions. */
interface Piece {
  readonly first: string;
  readonly last: string;
  readonly keys: number;
  readonly raw_rows: number;
}

type Key = 'day' | 'region';

/**
 * Rows as text, by a sequence of queries each of which is small, because a result may come as a whole (the embedded engine
 * gives it only so) and a slow reader must hold nothing of the server. They all read one snapshot, which never changes:
 * their results fit together without gap or repetition.
 */
export class IncidenceExport {
  constructor(
    private readonly client: ClickHouseClient,
    private readonly rowsAtOnce?: number,
  ) {}

  /** @param endOf where a number of rows ends, null where there are no more than these. */
  async *write(
    range: IncidenceRange & { readonly limit?: number },
    format: ExportFormat,
    endOf: (limit: number) => Promise<IncidencePosition | null>,
  ): AsyncIterable<Uint8Array> {
    if (format === 'csv') yield Buffer.from(csvHeader(range));
    const { limit, ...all } = range;
    if (limit !== undefined && limit <= this.atOnce(range)) {
      yield* this.text(all, format, limit);
      return;
    }
    const until = limit === undefined ? null : await endOf(limit);
    const part = until ? { ...all, until } : all;
    const outer = outerKey(range);
    const inner = outer === 'day' ? 'region' : 'day';
    for await (const slice of this.slices(part, outer)) {
      if (slice.whole) yield* this.text(slice.range, format);
      else for await (const { range: narrow } of this.slices(slice.range, inner)) yield* this.text(narrow, format);
    }
  }

  /** Parts of a range, in its order; `whole` is false of a single day or region that is too much for one query. */
  private async *slices(range: IncidenceRange, key: Key): AsyncIterable<{ range: IncidenceRange; whole: boolean }> {
    const extent = extentOf(range);
    if (extent === null) return;
    const pieces = await this.pieces(range, extent, key);
    for (const { first, last, keys, raw_rows } of isBackwards(range, key) ? pieces.reverse() : pieces) {
      const narrow =
        key === 'region'
          ? { fromRegion: first, toRegion: last }
          : { from: later(extent.from, first), to: earlier(extent.to, lastDayOf(range.interval, last)) };
      yield { range: { ...range, ...narrow }, whole: keys > 1 || raw_rows <= this.atOnce(range) };
    }
  }

  /**
   * Counts the raw rows of every day or region, which costs next to nothing, and puts neighbours together. Raw rows are
   * never fewer than the rows to come, and what a query costs goes by them.
   */
  private pieces(range: IncidenceRange, extent: Extent, key: Key): Promise<Piece[]> {
    const { dataset, regions } = range;
    const query = `SELECT toString(min(key)) AS first, toString(max(key)) AS last, count() AS keys, sum(n) AS raw_rows
      FROM (
        SELECT key, n, sum(n) OVER (ORDER BY key ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) - n AS before
        FROM (
          SELECT ${key === 'region' ? 'region' : INTERVAL_DAY[range.interval]} AS key, count() AS n FROM incidence_revisions
          WHERE dataset = {dataset:String} AND ${rawConditions(range, extent).join(' AND ')} GROUP BY key
        )
      )
      GROUP BY intDiv(before, {atOnce:UInt64}), n > {atOnce:UInt64} ORDER BY min(key)`;
    const query_params = { dataset, ...extent, ...(regions && { regions }), atOnce: this.atOnce(range) };
    return withClickHouse(async () => {
      const result = await this.client.query({ query, query_params, format: 'JSONEachRow' });
      const pieces = await result.json<Piece>();
      return pieces.map((piece) => ({ ...piece, keys: Number(piece.keys), raw_rows: Number(piece.raw_rows) }));
    });
  }

  private atOnce(range: IncidenceRange): number {
    return this.rowsAtOnce ?? ROWS_AT_ONCE[outerKey(range)];
  }

  private async *text(range: IncidenceRange, format: ExportFormat, limit?: number): AsyncIterable<Uint8Array> {
    const extent = extentOf(range);
    if (extent === null) return;
    const { columns, ending } = TEXT[format];
    const { text, parameters } = rowsSql(range, extent);
    const upTo = limit === undefined ? '' : 'LIMIT {limit:UInt64}';
    const query = `SELECT ${columns(range)} FROM (${text}) ORDER BY ${ORDER[range.order]} ${upTo} ${ending}`;
    yield* await withClickHouse(() => this.bytes(query, { ...parameters, ...(limit !== undefined && { limit }) }));
  }

  /** Taken whole before any of it is passed on: a failure on the way is one of this query, never half a line. */
  private async bytes(query: string, query_params: { readonly [name: string]: unknown }): Promise<Uint8Array[]> {
    // A server says with this whether it went well only when all is done; the embedded engine does so anyway.
    const clickhouse_settings = { wait_end_of_query: 1 } as const;
    const { stream } = await this.client.exec({ query, query_params, clickhouse_settings });
    const chunks: Uint8Array[] = [];
    for await (const chunk of stream) chunks.push(chunk as Uint8Array);
    return chunks;
  }
}

/** What the order goes by first. */
function outerKey({ order }: IncidenceRange): Key {
  return order.endsWith('date') ? 'day' : 'region';
}

/** Whether the days or regions come latest first: regions on a day never do. */
function isBackwards({ order }: IncidenceRange, key: Key): boolean {
  return order === '-region' || (order === '-date' && key === 'day');
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

function earlier(a: string, b: string): string {
  return a < b ? a : b;
}
