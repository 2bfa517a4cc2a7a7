import { useState } from 'preact/hooks';
import { Pages } from '../look/pages.js';
import { count, figure } from '../look/text.js';
import { METRICS, type Metric } from './question.js';
import { made, meanName, rounded } from './readout.js';
import type { Series } from './series.js';

interface FiguresTableProps {
  readonly series: readonly Series[];
  readonly metric: Metric;
  readonly interval: 'day' | 'week';
}

const PAGE = 50;

/** The chart as a table, the latest first: for whoever reads numbers, or cannot see a chart. */
export function FiguresTable({ series, metric, interval }: FiguresTableProps) {
  const [page, setPage] = useState(0);
  const length = series[0]?.points.length ?? 0;
  const pages = Math.ceil(length / PAGE);
  const shown = Math.min(page, pages - 1);
  const rows = Array.from({ length: Math.min(PAGE, length - shown * PAGE) }, (_, n) => length - 1 - shown * PAGE - n);
  return (
    <details class="card">
      <summary>The figures as a table</summary>
      <div class="scroll" tabIndex={0} role="region" aria-label="Table of figures">
        <table>
          <caption>
            {METRICS[metric]} by {interval}
          </caption>
          <thead>
            <tr>
              <th scope="col">{interval === 'day' ? 'Day' : 'Week from'}</th>
              {series.flatMap(({ region, name }) => [
                <th key={region} scope="col" class="number">
                  {name}
                </th>,
                <th key={`${region} mean`} scope="col" class="number">
                  {meanName(interval)}
                </th>,
                <th key={`${region} making`} scope="col">
                  How it came about
                </th>,
              ])}
            </tr>
          </thead>
          <tbody>
            {rows.map((index) => (
              <tr key={index}>
                <th scope="row">{series[0]?.points[index]?.date}</th>
                {series.flatMap(({ region, points }) => [
                  <td key={region} class="number">
                    {figure(points[index]?.value ?? null)}
                  </td>,
                  <td key={`${region} mean`} class="number">
                    {rounded(points[index]?.mean ?? null)}
                  </td>,
                  <td key={`${region} making`}>{made(points[index], interval) || 'reported'}</td>,
                ])}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Pages
        steps={{
          Later: shown === 0 ? null : () => setPage(shown - 1),
          Earlier: shown >= pages - 1 ? null : () => setPage(shown + 1),
        }}
      >
        <span role="status">
          Page {shown + 1} of {count(pages)}
        </span>
      </Pages>
    </details>
  );
}
