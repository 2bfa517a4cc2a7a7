import { createHash } from 'node:crypto';
import { invalidField } from '@weir/pipeline';
import { readAsOf } from './as-of.js';
import { metrics as allMetrics, type Basis, type IncidenceOrder, type Interval, type Metric } from './incidence.js';

/** What a reader asks for; days are `YYYY-MM-DD` and inclusive. */
export interface IncidenceParameters {
  /** Codes or exact names; absent or empty: all. */
  readonly regions?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  /** In any order; absent or empty: all. */
  readonly metrics?: readonly Metric[];
  readonly basis?: Basis;
  /** `day` where it is absent. */
  readonly interval?: Interval;
  /** The state as it was then: see `readAsOf`. Absent: as it is now. */
  readonly asOf?: string;
  readonly order: IncidenceOrder;
  /** Rows a page, 1 to 10,000. Absent: 1,000 of JSON; of the others everything there is. */
  readonly limit?: number;
  readonly cursor?: string;
}

/** The part of the parameters that all pages share, in one form for all the ways of saying it. */
export interface Question {
  readonly dataset: string;
  /** As the reader wrote them, as an ordered set; never empty. */
  readonly regions?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  /** In the order of `metrics`; never empty. */
  readonly metrics: readonly Metric[];
  readonly basis?: Basis;
  readonly interval: Interval;
  readonly asOf?: Date;
  readonly order: IncidenceOrder;
}

/** @throws WeirError `validation_failed`: `from` after `to`, an `asOf` that is no time. */
export function readQuestion(dataset: string, parameters: IncidenceParameters): Question {
  const { from, to, basis, interval = 'day', order } = parameters;
  if (from !== undefined && to !== undefined && from > to) {
    throw invalidField('from', `must not be after to (${from} is after ${to})`);
  }
  const wanted = parameters.metrics?.length ? parameters.metrics : allMetrics;
  return {
    dataset,
    ...askedRegions(parameters.regions),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    metrics: allMetrics.filter((metric) => wanted.includes(metric)),
    ...(basis !== undefined && { basis }),
    interval,
    ...askedTime(parameters.asOf),
    order,
  };
}

export function askedRegions(regions: readonly string[] | undefined): { readonly regions?: readonly string[] } {
  return regions?.length ? { regions: [...new Set(regions)].sort() } : {};
}

/** @throws WeirError `validation_failed` where the text is no time. */
export function askedTime(text: string | undefined): { readonly asOf?: Date } {
  if (text === undefined) return {};
  const asOf = readAsOf(text);
  if (typeof asOf === 'string') throw invalidField('as_of', asOf);
  return { asOf };
}

/** Equal for equal questions only; 43 characters of base64url. */
export function fingerprint(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

/** What a fingerprint of a question is made of. */
export function canonical({ dataset, regions, from, to, metrics, basis, interval, asOf, order }: Question): unknown[] {
  return [
    dataset,
    regions ?? null,
    from ?? null,
    to ?? null,
    metrics,
    basis ?? null,
    interval,
    asOf?.toISOString() ?? null,
    order,
  ];
}
