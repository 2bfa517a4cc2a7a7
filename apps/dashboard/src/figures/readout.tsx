import { dayInWords, figure } from '../look/text.js';
import { REGION_COLOURS } from './colours.js';
import type { Making, Point, Series } from './series.js';

/** How a figure came about, in the reader's words. */
export const MAKINGS: { readonly [making in Making]: { readonly name: string; readonly about: string } } = {
  reported: { name: 'reported', about: 'as the source had it' },
  spread: { name: 'spread', about: 'a share of a figure that the source gave for a week' },
  filled: { name: 'carried forward', about: 'the source left it empty: the last figure before' },
};

interface ReadoutProps {
  readonly drawn: { readonly series: readonly Series[]; readonly meanNow: readonly (number | null)[] | null };
  readonly at: number;
  readonly interval: 'day' | 'week';
}

/** The figures of the day under the pointer, or of the slider's. */
export function Readout({ drawn: { series, meanNow }, at, interval }: ReadoutProps) {
  const date = series[0]?.points[at]?.date ?? '';
  const later = meanNow?.[at];
  return (
    <dl class="readout">
      <div class="when">
        <dt>{interval === 'day' ? 'Day' : 'Week from'}</dt>
        <dd>{dayInWords(date)}</dd>
      </div>
      {series.map(({ region, name, points }, index) => (
        <div key={region}>
          <dt>
            {series.length > 1 && <i class="swatch" style={{ background: `var(--region-${REGION_COLOURS[index]})` }} />}
            {name}
          </dt>
          <dd>
            <b>{figure(points[at]?.value ?? null)}</b> {made(points[at], interval)}
            <small>
              {' '}
              {meanName(interval)} {rounded(points[at]?.mean ?? null)}
              {later !== undefined && `, known now ${rounded(later)}`}
            </small>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The same for a screen reader, in one line. */
export function sayPoint(series: readonly Series[], at: number, interval: 'day' | 'week'): string {
  const date = dayInWords(series[0]?.points[at]?.date ?? '');
  const each = series.map(({ name, points }) => {
    const point = points[at];
    const said = `${figure(point?.value ?? null)} ${made(point, interval)}, ${meanName(interval)} ${rounded(point?.mean ?? null)}`;
    return series.length > 1 ? `${name} ${said}` : said;
  });
  return `${interval === 'day' ? '' : 'Week from '}${date}: ${each.join('; ')}`;
}

/** Empty for what was simply reported, in a day or in all days of a week: marks are for what was not. */
export function made(point: Point | undefined, interval: 'day' | 'week'): string {
  if (point === undefined || point.value === null) return 'no figure';
  const { making, row } = point;
  const marks: string[] = [];
  if (making !== null && making !== 'reported') {
    const wholly = interval === 'day' || (making === 'spread' && row?.basis === 'spread');
    marks.push(`${wholly ? '' : 'partly '}${MAKINGS[making].name}`);
  }
  // Beside whole weeks it would look as if the figures fell.
  if (row?.days !== undefined && row.days < 7) marks.push(`${row.days} of 7 days`);
  return marks.join(', ');
}

export function meanName(interval: 'day' | 'week'): string {
  return interval === 'day' ? '7-day mean' : 'mean per day';
}

export function rounded(mean: number | null): string {
  return figure(mean === null ? null : Math.round(mean * 10) / 10);
}
