import { MAKINGS, meanName } from './readout.js';
import type { Making, Series } from './series.js';

interface LegendProps {
  readonly drawn: { readonly series: readonly Series[]; readonly meanNow: readonly unknown[] | null };
  readonly interval: 'day' | 'week';
}

/** What the marks mean; only those that the chart has. */
export function Legend({ drawn: { series, meanNow }, interval }: LegendProps) {
  if (series.length > 1) {
    return (
      <p class="legend quiet">
        {interval === 'day' ? 'Lines are 7-day means' : 'Lines are sums of a week'}, dotted where figures are spread or
        carried forward; which of the two stands above the chart and in the table.
      </p>
    );
  }
  const found = new Set(series[0]?.points.map(({ making }) => making));
  return (
    <ul class="legend">
      {(Object.keys(MAKINGS) as Making[])
        .filter((making) => found.has(making))
        .map((making) => (
          <li key={making}>
            <i class={`swatch ${making}`} /> {MAKINGS[making].name}: {MAKINGS[making].about}
          </li>
        ))}
      <li>
        <i class="swatch mean" /> {meanName(interval)}
      </li>
      {meanNow !== null && (
        <li>
          <i class="swatch now" /> {meanName(interval)} as it is known now
        </li>
      )}
    </ul>
  );
}
