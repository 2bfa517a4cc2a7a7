/** What readers should find, and how it differs from what they do find. */
import type { IncidenceRow } from '@weir/incidence';
import { dayAfter } from './real-data.js';

const metrics = ['new_cases', 'new_deaths', 'new_recovered', 'new_hospitalized'] as const;
export type Metric = (typeof metrics)[number];
export type Figures = { readonly [metric in Metric]?: number | null };

/** A metric that is not named is null. */
export interface ExpectedRow extends Figures {
  readonly region: string;
  readonly region_name?: string;
  readonly date: string;
  readonly basis: IncidenceRow['basis'];
  readonly filled?: readonly string[];
}

/** Differences that a failed test shows. */
const SHOWN = 10;

/** The days that a sum covers, the last of them its own, with an equal share each. */
export function shares(sum: ExpectedRow, days = 7): ExpectedRow[] {
  const share = Object.fromEntries(
    metrics.map((metric) => [metric, sum[metric] === undefined || sum[metric] === null ? null : sum[metric] / days]),
  );
  return Array.from({ length: days }, (_, at) => ({
    ...sum,
    ...share,
    date: dayAfter(sum.date, at - days + 1),
    basis: 'spread',
  }));
}

/** How stored rows differ from the expected ones: rows that are missing, twice or too many, and every field that differs. */
export function differences(stored: readonly IncidenceRow[], expected: readonly ExpectedRow[]): string[] {
  const found = new Map<string, IncidenceRow>();
  const all: string[] = [];
  for (const row of stored) {
    const key = `${row.region} ${row.date}`;
    if (found.has(key)) all.push(`${key}: stored twice`);
    found.set(key, row);
  }
  for (const row of expected) {
    const key = `${row.region} ${row.date}`;
    const got = found.get(key);
    if (!got) all.push(`${key}: missing`);
    else all.push(...differingFields(row, got).map((difference) => `${key}: ${difference}`));
    found.delete(key);
  }
  all.push(...[...found.keys()].map((key) => `${key}: not expected`));
  return all.length <= SHOWN ? all : [...all.slice(0, SHOWN), `and ${all.length - SHOWN} more`];
}

function differingFields(wanted: ExpectedRow, got: IncidenceRow): string[] {
  const fields = [
    ...metrics.filter((metric) => !isSame(wanted[metric] ?? null, got[metric])),
    ...(wanted.basis === got.basis ? [] : ['basis' as const]),
    ...((wanted.filled ?? []).join() === [...got.filled].sort().join() ? [] : ['filled' as const]),
    ...(wanted.region_name === undefined || wanted.region_name === got.region_name ? [] : ['region_name' as const]),
  ];
  return fields.map((field) => `${field} is ${String(got[field])}, expected ${String(wanted[field])}`);
}

/** Equal but for the rounding of doubles. */
function isSame(wanted: number | null, got: number | null | undefined): boolean {
  if (wanted === null || typeof got !== 'number') return wanted === got;
  return Math.abs(wanted - got) <= 1e-9 * Math.max(Math.abs(wanted), Math.abs(got));
}

/** The sum of each metric of each region, by `region metric`. */
export function sums(rows: Iterable<{ readonly region: string } & Figures>): Map<string, number> {
  const totals = new Map<string, number>();
  for (const row of rows) {
    for (const metric of metrics) {
      const key = `${row.region} ${metric}`;
      totals.set(key, (totals.get(key) ?? 0) + (row[metric] ?? 0));
    }
  }
  return totals;
}

/** The sums that differ by more than 1e-9 of the expected one, or are on one side only. */
export function differentSums(stored: Map<string, number>, expected: Map<string, number>): string[] {
  return [...new Set([...stored.keys(), ...expected.keys()])].flatMap((key) => {
    const [got, wanted] = [stored.get(key), expected.get(key)];
    const same =
      got !== undefined && wanted !== undefined && Math.abs(got - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted));
    return same ? [] : [`${key}: ${String(got)}, expected ${String(wanted)}`];
  });
}
