import type { Question } from '@weir/client';
import { WhenHere } from '../look/state.js';
import { Pages } from '../look/pages.js';
import { Table } from '../look/table.js';
import { time } from '../look/text.js';
import { hashOf } from '../route.js';
import { useSession } from '../session/session-context.js';
import { useAnswer } from '../session/use-answer.js';

type Filter = NonNullable<Question<'get', '/dlq'>['query']>;
const STATES = ['waiting', 'replayed', 'all'] as const;

/** What the sink refused for good, and why. Replaying is the operator's, who mends the cause before. */
export function DeadLettersPage({ query }: { readonly query: URLSearchParams }) {
  const { key, client } = useSession();
  const state = STATES.find((each) => each === query.get('state')) ?? 'waiting';
  const cursor = query.get('cursor');
  const filter: Filter = { state, limit: 50, ...(cursor !== null && { cursor }) };
  const answer = useAnswer(`${key} ${state} ${cursor}`, (signal) => client.get('/dlq', { query: filter, signal }));
  const next = answer.data?.next_cursor ?? null;
  const go = (part: { readonly state?: string; readonly cursor?: string }) => {
    location.hash = hashOf(['dead-letters'], new URLSearchParams({ state, ...part }));
  };
  return (
    <>
      <h1>Dead letters</h1>
      <p>
        Records that the sink refused for good. Their reasons mended, <code>npx weir dlq replay</code> publishes them
        again.
      </p>
      <section class="controls" aria-label="Which dead letters">
        <label>
          State
          <select value={state} onChange={(event) => go({ state: event.currentTarget.value })}>
            {STATES.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </label>
      </section>
      <WhenHere answer={answer}>
        {({ data }) =>
          data.length === 0 ? (
            <p role="status">{state === 'waiting' ? 'No dead letter waits.' : 'There is no such dead letter.'}</p>
          ) : (
            <Table
              label="Dead letters"
              card
              columns={['Letter', 'Refused (UTC)', 'Row', 'Why', 'Run', 'Replayed (UTC)', 'Value']}
            >
              {data.map((letter) => (
                <tr key={letter.letter_id}>
                  <th scope="row">{letter.letter_id}</th>
                  <td>{time(letter.refused_at)}</td>
                  <td>{letter.row === null ? (letter.key ?? '–') : `${letter.row.region} ${letter.row.date}`}</td>
                  <td class="long">{letter.reason}</td>
                  <td>{letter.row === null ? '–' : <a href={hashOf(['runs', letter.row.run_id])}>run</a>}</td>
                  <td>{time(letter.replayed_at)}</td>
                  <td class="long">
                    <details>
                      <summary>show</summary>
                      <code>{letter.value ?? 'no value'}</code>
                    </details>
                  </td>
                </tr>
              ))}
            </Table>
          )
        }
      </WhenHere>
      <Pages
        asking={answer.asking}
        steps={{
          'From the start': cursor === null ? null : () => go({}),
          More: next === null ? null : () => go({ cursor: next }),
        }}
      />
    </>
  );
}
