import type { FoundRow } from './oracle.js';
import { METRICS, weekEnding, type Metric, type SampleSources } from './sample-reading.js';

/**
 * What readers should see of the sample, worked out as a person would with a list and a pencil: days as they are; a week's
 * sum less what some of its days have of their own, in equal shares for the others; then blanks, each with the last figure
 * before it.
 * @param digits after the point: shares are compared as texts.
 */
export function sampleFigures({ daily, weekly, page }: SampleSources, digits = 9): FoundRow[] {
  const regions = new Set([...daily, ...weekly, ...page].map(({ region }) => region));
  return [...regions].flatMap((region) => {
    const ofRegion = (rows: SampleSources['daily']) => rows.filter((row) => row.region === region);
    const days = new Map<string, { [metric in Metric]?: number }>();
    for (const { date, figures } of ofRegion(daily)) {
      const given = METRICS.filter((metric) => figures[metric] !== null);
      days.set(date, Object.fromEntries(given.map((metric) => [metric, figures[metric]])));
    }
    for (const { date, figures } of [...ofRegion(weekly), ...ofRegion(page)]) {
      for (const day of weekEnding(date)) if (!days.has(day)) days.set(day, {});
      for (const metric of METRICS)
        share(
          metric,
          figures[metric],
          weekEnding(date).map((day) => days.get(day) ?? {}),
        );
    }
    const last: { [metric in Metric]?: number } = {};
    return [...days].sort(byDay).map(([date, figures]): FoundRow => {
      Object.assign(last, figures);
      const text = (metric: Metric) => last[metric]?.toFixed(digits) ?? null;
      return { dataset: 'covid', region, date, figures: Object.fromEntries(METRICS.map((each) => [each, text(each)])) };
    });
  });
}

function share(metric: Metric, sum: number | null, days: readonly { [metric in Metric]?: number }[]): void {
  if (sum === null) return;
  const without = days.filter((day) => day[metric] === undefined);
  const own = days.reduce((total, day) => total + (day[metric] ?? 0), 0);
  for (const day of without) day[metric] = (sum - own) / without.length;
}

function byDay([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}
