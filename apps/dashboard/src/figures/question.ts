import { isDay, isMoment, type Day } from './days.js';

export const METRICS = {
  new_cases: 'New cases',
  new_deaths: 'New deaths',
  new_recovered: 'New recoveries',
  new_hospitalized: 'New in hospital',
} as const;
export type Metric = keyof typeof METRICS;

/** Regions that one chart can hold: as many as there are colours that can be told apart. */
export const MOST_REGIONS = 8;

/** What the reader wants to see; it is the query of the page's address. */
export interface FiguresQuestion {
  /** Codes; none means that the page chooses one. */
  readonly regions: readonly string[];
  readonly metric: Metric;
  readonly interval: 'day' | 'week';
  /** Inclusive; null has no bound. */
  readonly from: Day | null;
  readonly to: Day | null;
  /** A past day, which means its end, or a moment, whose state is shown; null for what is known now. */
  readonly asOf: string | null;
}

/** Reads an address; what is none of it is left at its default, as in a link that was cut off. */
export function readQuestion(query: URLSearchParams): FiguresQuestion {
  const day = (name: string) => {
    const text = query.get(name);
    return text !== null && isDay(text) ? text : null;
  };
  const metric = query.get('metric') ?? '';
  const asOf = query.get('as_of') ?? '';
  return {
    regions: [...new Set(query.getAll('region'))].slice(0, MOST_REGIONS),
    metric: Object.hasOwn(METRICS, metric) ? (metric as Metric) : 'new_cases',
    interval: query.get('interval') === 'week' ? 'week' : 'day',
    from: day('from'),
    to: day('to'),
    asOf: isMoment(asOf) ? asOf : null,
  };
}

export function writeQuestion({ regions, metric, interval, from, to, asOf }: FiguresQuestion): URLSearchParams {
  const query = new URLSearchParams(regions.map((region) => ['region', region]));
  if (metric !== 'new_cases') query.set('metric', metric);
  if (interval !== 'day') query.set('interval', interval);
  for (const [name, day] of Object.entries({ from, to, as_of: asOf })) if (day !== null) query.set(name, day);
  return query;
}

/** The regions that it names, in its order, without those that there are not. */
export function regionsOf<R extends { readonly region: string }>({ regions }: FiguresQuestion, all: readonly R[]): R[] {
  return regions.flatMap((code) => all.find(({ region }) => region === code) ?? []);
}
