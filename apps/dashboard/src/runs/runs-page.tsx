import type { Answer, Question } from '@weir/client';
import { Status, WhenHere } from '../look/state.js';
import { Pages } from '../look/pages.js';
import { Table } from '../look/table.js';
import { count, duration, secondsBetween, time, words } from '../look/text.js';
import { hashOf } from '../route.js';
import { useSession } from '../session/session-context.js';
import { useAnswer } from '../session/use-answer.js';

export type Run = Answer<'get', '/runs'>['data'][number];
type Filter = NonNullable<Question<'get', '/runs'>['query']>;

const STATUSES: readonly Run['status'][] = ['queued', 'running', 'succeeded', 'nothing_new', 'failed', 'cancelled'];
export const isOpen = ({ status }: Pick<Run, 'status'>) => status === 'queued' || status === 'running';

/** The runs, the latest first; followed while one is open. The address holds the filter and where the list goes on. */
export function RunsPage({ query }: { readonly query: URLSearchParams }) {
  const { key, client } = useSession();
  const pipelines = useAnswer(key, async (signal) => (await client.get('/pipelines', { signal })).data);
  const text = (name: string) => query.get(name) ?? '';
  const filter = Object.fromEntries(
    ['pipeline', 'branch', 'status', 'cursor'].flatMap((name) => (text(name) === '' ? [] : [[name, text(name)]])),
  ) as Filter;
  const answer = useAnswer(
    `${key} ${query.toString()}`,
    (signal) => client.get('/runs', { query: { ...filter, limit: 50 }, signal }),
    { after: (page) => (filter.cursor === undefined ? (page?.data.some(isOpen) ? 1_000 : 10_000) : null) },
  );
  const next = answer.data?.next_cursor ?? null;
  const go = (part: { readonly [name: string]: string }) => {
    // Another filter is another list: it begins at its beginning.
    const asked = new URLSearchParams(query);
    for (const [name, value] of Object.entries({ cursor: '', ...part })) {
      if (value === '') asked.delete(name);
      else asked.set(name, value);
    }
    location.hash = hashOf(['runs'], asked);
  };
  const choice = (name: string, label: string, options: readonly string[]) => (
    <label>
      {label}
      <select value={text(name)} onChange={(event) => go({ [name]: event.currentTarget.value })}>
        <option value="">all</option>
        {options.map((option) => (
          <option key={option} value={option}>
            {words(option)}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <>
      <h1>Runs</h1>
      <section class="controls" aria-label="Which runs">
        {choice('pipeline', 'Pipeline', pipelines.data?.map(({ name }) => name) ?? [text('pipeline')].filter(Boolean))}
        {choice('branch', 'Branch', ['backfill', 'update'])}
        {choice('status', 'Status', STATUSES)}
      </section>
      <WhenHere answer={answer}>
        {({ data: runs }) =>
          runs.length === 0 ? <p role="status">There is no such run.</p> : <RunsTable runs={runs} />
        }
      </WhenHere>
      <Pages
        asking={answer.asking}
        steps={{
          Latest: filter.cursor === undefined ? null : () => go({ cursor: '' }),
          Earlier: next === null ? null : () => go({ cursor: next }),
        }}
      />
    </>
  );
}

function RunsTable({ runs }: { readonly runs: readonly Run[] }) {
  return (
    <Table
      label="Runs"
      card
      columns={[
        'Started (UTC)',
        'Pipeline',
        'Branch',
        'Status',
        { number: 'Duration' },
        { number: 'Extracted' },
        { number: 'Rejected' },
        { number: 'Published' },
        'What went wrong',
      ]}
    >
      {runs.map((run) => (
        <tr key={run.run_id}>
          <th scope="row">
            <a href={hashOf(['runs', run.run_id])}>{run.started_at === null ? 'not yet' : time(run.started_at)}</a>
          </th>
          <td>{run.pipeline}</td>
          <td>{run.branch ?? '–'}</td>
          <td>
            <Status value={run.status} />
          </td>
          <td class="number">{duration(secondsBetween(run.started_at, run.finished_at))}</td>
          <td class="number">{count(run.counts.extracted)}</td>
          <td class="number">{count(run.counts.rejected)}</td>
          <td class="number">{count(run.counts.published)}</td>
          <td class="long">
            {run.error?.message ?? run.warnings.map(({ code, count: times }) => `${words(code)} (${times})`).join(', ')}
          </td>
        </tr>
      ))}
    </Table>
  );
}
