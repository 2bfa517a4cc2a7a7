import { WhenHere } from '../look/state.js';
import { change, dayInWords, figure } from '../look/text.js';
import { useSession } from '../session/session-context.js';
import { useAnswer } from '../session/use-answer.js';
import { METRICS, type Metric } from './question.js';
import { refreshed } from './refreshed.js';

interface SummariesProps {
  readonly codes: readonly string[];
  readonly metric: Metric;
  readonly asOf: string | null;
}

/** Where each region stands: its latest seven days, beside the seven before. */
export function Summaries({ codes, metric, asOf }: SummariesProps) {
  const { key, client } = useSession();
  const answer = useAnswer(
    [key, ...codes, asOf].join(' '),
    async (signal) => {
      const query = { region: [...codes], ...(asOf !== null && { as_of: asOf }) };
      return (await client.get('/covid/summary', { query, signal })).data;
    },
    refreshed(asOf),
  );
  return (
    <section aria-label="Latest figures">
      <WhenHere answer={answer}>
        {(regions) => (
          <div class="tiles">
            {regions.map((each) => (
              <article key={each.region} class="card tile">
                <h2>{each.region_name}</h2>
                <p class="big">{figure(each.seven_days[metric])}</p>
                <p>
                  {METRICS[metric].toLowerCase()} in seven days to {dayInWords(each.latest_date)}
                </p>
                <p class="quiet">
                  {[
                    `${figure(each.seven_days_before[metric])} in the seven before`,
                    each.change[metric] === null ? null : change(each.change[metric]),
                    `${figure(each.totals[metric])} in all`,
                  ]
                    .filter((part) => part !== null)
                    .join(' · ')}
                </p>
              </article>
            ))}
          </div>
        )}
      </WhenHere>
    </section>
  );
}
