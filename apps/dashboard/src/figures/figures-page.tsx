import { lazy, Suspense } from 'preact/compat';
import { useMemo, useRef, useState } from 'preact/hooks';
import type { Answer, IncidenceRow } from '@weir/client';
import { hashOf } from '../route.js';
import { useSession } from '../session/session-context.js';
import { useAnswer } from '../session/use-answer.js';
import { focusContent } from '../look/focus.js';
import { WhenHere } from '../look/state.js';
import { count, dayInWords, figure, momentInWords } from '../look/text.js';
import { Controls } from './controls.js';
import { addDays } from './days.js';
import { Downloads } from './downloads.js';
import { FiguresTable } from './figures-table.js';
import { Legend } from './legend.js';
import { METRICS, readQuestion, regionsOf, writeQuestion, type FiguresQuestion } from './question.js';
import { Readout, sayPoint } from './readout.js';
import { refreshed } from './refreshed.js';
import { DAYS_BEFORE, seriesOf, spanOf, type Series } from './series.js';
import { Summaries } from './summaries.js';

export type Region = Answer<'get', '/covid/regions'>['data'][number];

// The chart's library is most of the page's code: the rest is there before it. vite.config.js has it fetched at once.
const Chart = lazy(() => import('./chart.js'));

export function FiguresPage({ query }: { readonly query: URLSearchParams }) {
  const { key, client } = useSession();
  const asked = readQuestion(query);
  const asOf = asked.asOf === null ? {} : { as_of: asked.asOf };
  const regions = useAnswer(
    key === null ? null : `${key} ${asked.asOf}`,
    async (signal) => (await client.get('/covid/regions', { query: asOf, signal })).data,
    // Until the first load has ended there is nothing, and then there is.
    { after: (data) => (asked.asOf === null && data?.length === 0 ? 2_000 : refreshed(asked.asOf).after(data)) },
  );
  // The controls keep those of the state before until others are known, so that nobody loses the field in which they are.
  const known = useRef<readonly Region[]>([]);
  if (regions.data !== null && regions.data.length > 0) known.current = regions.data;
  const [first] = known.current;
  // A day that comes while somebody looks does not move the period that they look at.
  const beginning = useMemo(() => first, [key, asked.asOf, first?.region, regions.data === null]);
  if (key === null) return null;
  const question = asked.regions.length === 0 && beginning !== undefined ? beginWith(beginning, asked) : asked;
  return (
    <>
      <h1>Figures</h1>
      {first !== undefined && <Controls question={question} all={known.current} onAsk={ask} />}
      <WhenHere answer={regions}>
        {(all) => (all.length === 0 ? <Nothing question={asked} /> : <Chosen question={question} all={all} />)}
      </WhenHere>
    </>
  );
}

/** Where the address names no region: this one's last year, whose days are wide enough for their marks. */
function beginWith({ region, last_date }: Region, asked: FiguresQuestion): FiguresQuestion {
  const from = asked.from === null && asked.to === null ? addDays(last_date, 1 - 365) : asked.from;
  return { ...asked, regions: [region], from };
}

function Nothing({ question }: { readonly question: FiguresQuestion }) {
  if (question.asOf === null)
    return <p role="status">No figures yet: the history is being loaded. They appear here by themselves.</p>;
  return (
    <p role="status">
      Nothing was known yet at {momentInWords(question.asOf)}. <BackToNow question={question} />
    </p>
  );
}

function BackToNow({ question }: { readonly question: FiguresQuestion }) {
  // The link goes with the state that it leads out of.
  return (
    <a href={hashOf(['figures'], writeQuestion({ ...question, asOf: null }))} onClick={focusContent}>
      Back to now
    </a>
  );
}

const ask = (question: FiguresQuestion) => {
  location.hash = hashOf(['figures'], writeQuestion(question));
};

function Chosen({ question, all }: { readonly question: FiguresQuestion; readonly all: readonly Region[] }) {
  const { key, client } = useSession();
  const { metric, interval, from, to, asOf } = question;
  const regions = regionsOf(question, all);
  const unknown = question.regions.filter((code) => !regions.some(({ region }) => region === code));
  const codes = regions.map(({ region }) => region);

  const rowsAsOf = (day: string | null, of: readonly string[]) => async (signal: AbortSignal) => {
    const start = from === null ? {} : { from: interval === 'day' ? addDays(from, -DAYS_BEFORE) : from };
    const filter = { region: [...of], interval, metrics: [metric], ...start, ...(to !== null && { to }) };
    const rows: IncidenceRow[] = [];
    for await (const row of client.incidence({ ...filter, ...(day !== null && { as_of: day }), signal }))
      rows.push(row);
    return rows;
  };
  const about = codes.length === 0 ? null : [key, ...codes, metric, interval, from, to].join(' ');
  const rows = useAnswer(about && `${about} ${asOf}`, rowsAsOf(asOf, codes), refreshed(asOf));
  const alone = asOf !== null && codes.length === 1;
  const now = useAnswer(alone ? about : null, rowsAsOf(null, codes), refreshed(null));

  const drawn = useMemo(() => {
    const span = rows.data && spanOf(rows.data);
    if (!rows.data || !span) return null;
    const shown = { metric, interval, from, span };
    const series = seriesOf(rows.data, regions, shown);
    const [later] = now.data === null ? [] : seriesOf(now.data, regions, shown);
    return { series, meanNow: later === undefined ? null : later.points.map(({ mean }) => mean) };
  }, [rows.data, now.data]);

  return (
    <>
      {unknown.length > 0 && (
        <p class="problem" role="alert">
          {unknown.join(', ')}: there is no such region{asOf !== null && ` as it was at ${momentInWords(asOf)}`}.
        </p>
      )}
      {asOf !== null && (
        <p class="notice" role="status">
          As it was known at {momentInWords(asOf)}. <BackToNow question={question} />
        </p>
      )}
      <WhenHere answer={rows}>
        {(found) =>
          drawn === null || (drawn.series[0]?.points.length ?? 0) === 0 ? (
            <p role="status">There are no figures in this period.</p>
          ) : (
            <>
              <Drawing key={`${about} ${asOf}`} drawn={drawn} question={question} rows={found} />
              <Summaries codes={codes} metric={metric} asOf={asOf} />
              <Downloads question={{ ...question, regions: codes }} />
              <FiguresTable series={drawn.series} metric={metric} interval={interval} />
            </>
          )
        }
      </WhenHere>
    </>
  );
}

interface DrawingProps {
  readonly drawn: { readonly series: readonly Series[]; readonly meanNow: readonly (number | null)[] | null };
  readonly question: FiguresQuestion;
  readonly rows: readonly IncidenceRow[];
}

function Drawing({ drawn, question: { metric, interval } }: DrawingProps) {
  const { series } = drawn;
  const length = series[0]?.points.length ?? 0;
  const [at, setAt] = useState(length - 1);
  const index = Math.min(at, length - 1);
  return (
    <section class="card" aria-label="Chart">
      <Readout drawn={drawn} at={index} interval={interval} />
      <Suspense fallback={<div class="chart canvas" />}>
        <Chart
          drawn={drawn}
          interval={interval}
          label={labelOf(series, METRICS[metric], interval)}
          at={index}
          onPoint={setAt}
          sayPoint={(point) => sayPoint(series, point, interval)}
        />
      </Suspense>
      <Legend drawn={drawn} interval={interval} />
    </section>
  );
}

/** What a reader who sees no chart learns from it at once. */
function labelOf(series: readonly Series[], metric: string, interval: 'day' | 'week'): string {
  const names = series.map(({ name }) => name).join(', ');
  const points = series[0]?.points ?? [];
  const ends = `${dayInWords(points[0]?.date ?? '')} to ${dayInWords(points.at(-1)?.date ?? '')}`;
  const highest = series.map(({ name, points: own }) => {
    const top = own.reduce((best, point) => ((point.value ?? -Infinity) > (best.value ?? -Infinity) ? point : best));
    return `${series.length > 1 ? `${name}: ` : ''}highest ${figure(top.value)} on ${dayInWords(top.date)}`;
  });
  return `${metric} of ${names} by ${interval}, ${ends}, ${count(points.length)} ${interval}${points.length === 1 ? '' : 's'}; ${highest.join('; ')}.`;
}
