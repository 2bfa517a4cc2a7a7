import { DAYS, REGIONS, regionCode } from '../system/clickhouse.mjs';

const DAY = 86_400_000;
const FIRST = Date.parse('2020-01-01');
/** Rows that one page may have. */
export const LIMIT = 1_000;
/** Days of a question. */
const SPAN = 365;

const dayOf = (number) => new Date(FIRST + number * DAY).toISOString().slice(0, 10);

/** A year of one region: another region and another year for each number, 745,500 of them before they begin again. */
export function questionOf(number) {
  const from = (number * 7) % (DAYS - SPAN);
  return { region: regionCode((number * 331) % REGIONS), from: dayOf(from), to: dayOf(from + SPAN - 1) };
}

/** A question as the API is asked. */
export function pathOf({ region, from, to }) {
  return `/covid/incidence?region=${region}&from=${from}&to=${to}&limit=${LIMIT}`;
}
