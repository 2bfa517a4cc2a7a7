import { firstDayOf, lastDayOf, type IncidencePosition, type IncidenceQuery } from '@weir/incidence';

/** A question, or the part of its answer between two positions and between two regions. */
export interface IncidenceRange extends IncidenceQuery {
  /** Only rows that do not come after this position in `order`. */
  readonly until?: IncidencePosition;
  /** Codes, both ends included. */
  readonly fromRegion?: string;
  readonly toRegion?: string;
}

/** Days that Date32 can hold; a reader may ask beyond them. */
const FIRST_DAY = '1900-01-01';
const LAST_DAY = '2299-12-31';

/** The days and regions that the rows of a range are made of: what the order key can be searched for. */
export interface Extent {
  readonly from: string;
  readonly to: string;
  readonly fromRegion?: string;
  readonly toRegion?: string;
}

/**
 * A row that comes after a position lies, in the orders by date, on its day or later, in those by region in its region or
 * after: no wider than that is anything read. Null where no row can lie between the bounds.
 */
export function extentOf(range: IncidenceRange): Extent | null {
  const { order, after, until } = range;
  const backwards = order.startsWith('-');
  const [low, high] = backwards ? [until, after] : [after, until];
  const days = order.endsWith('date') ? daysBetween(range, low, high) : {};
  const regions = order.endsWith('region') ? regionsBetween(low, high) : {};
  const from = greatest([range.from, days.from, FIRST_DAY]) ?? FIRST_DAY;
  const to = least([range.to, days.to, LAST_DAY]) ?? LAST_DAY;
  if (from > to) return null;
  const fromRegion = greatest([range.fromRegion, regions.from], byBytes);
  const toRegion = least([range.toRegion, regions.to], byBytes);
  return { from, to, ...(fromRegion !== undefined && { fromRegion }), ...(toRegion !== undefined && { toRegion }) };
}

interface Bounds {
  readonly from?: string;
  readonly to?: string;
}

/** Whole intervals: a row of the first or last one is the sum of all its days. */
function daysBetween({ interval }: IncidenceRange, low?: IncidencePosition, high?: IncidencePosition): Bounds {
  return {
    ...(low && { from: firstDayOf(interval, low.date) }),
    ...(high && { to: lastDayOf(interval, high.date) }),
  };
}

function regionsBetween(low?: IncidencePosition, high?: IncidencePosition): Bounds {
  return { ...(low && { from: low.region }), ...(high && { to: high.region }) };
}

type Compare = (a: string, b: string) => number;

const byUnits: Compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
/** As ClickHouse compares texts; JavaScript's own order differs beyond U+FFFF. */
const byBytes: Compare = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));

function greatest(texts: readonly (string | undefined)[], compare: Compare = byUnits): string | undefined {
  return texts
    .filter((text) => text !== undefined)
    .sort(compare)
    .at(-1);
}

function least(texts: readonly (string | undefined)[], compare: Compare = byUnits): string | undefined {
  return texts.filter((text) => text !== undefined).sort(compare)[0];
}
