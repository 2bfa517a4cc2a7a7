import { useState } from 'preact/hooks';
import { WeirProblem, type Answer } from '@weir/client';
import { Status, WhenHere } from '../look/state.js';
import { Table } from '../look/table.js';
import { bytes, count, duration, secondsBetween, time, words } from '../look/text.js';
import { hashOf } from '../route.js';
import { useSession } from '../session/session-context.js';
import { problemText, useAnswer } from '../session/use-answer.js';
import { Rejects } from './rejects.js';
import { isOpen } from './runs-page.js';

type RunReport = Answer<'get', '/runs/{run_id}'>;

/** One run: what it did, step by step, and what it left. Followed until it has ended. */
export function RunPage({ id }: { readonly id: string }) {
  const { key, client } = useSession();
  const path = { run_id: id };
  const report = useAnswer(`${key} ${id}`, (signal) => client.get('/runs/{run_id}', { path, signal }), {
    after: (run) => (run !== null && isOpen(run) ? 1_000 : null),
  });
  return (
    <>
      <p>
        <a href={hashOf(['runs'])}>All runs</a>
      </p>
      <WhenHere answer={report}>
        {(run) => (
          <>
            <h1>
              {run.pipeline}, {run.branch ?? 'branch not chosen yet'}{' '}
              <span role="status">
                <Status value={run.status} />
              </span>
            </h1>
            {run.error !== null && (
              <p class="problem" role="alert">
                <code>{run.error.code}</code> {run.error.message}
              </p>
            )}
            <Facts run={run} />
            {run.status === 'succeeded' && run.finished_at !== null && (
              <p>
                <a href={hashOf(['figures'], new URLSearchParams({ as_of: run.finished_at }))}>
                  The figures as this run left them
                </a>
              </p>
            )}
            {isOpen(run) && <Cancel id={id} onAsked={report.again} />}
            <Warnings run={run} />
            <Tasks run={run} />
            <Artefacts id={id} status={run.status} />
            <Rejects id={id} rejected={run.counts.rejected} />
          </>
        )}
      </WhenHere>
    </>
  );
}

function Facts({ run }: { readonly run: RunReport }) {
  const facts = {
    Run: <code>{run.run_id}</code>,
    'Started (UTC)': time(run.started_at),
    'Ended (UTC)': time(run.finished_at),
    Duration: duration(secondsBetween(run.started_at, run.finished_at)),
    Extracted: count(run.counts.extracted),
    Rejected: count(run.counts.rejected),
    Published: count(run.counts.published),
    Revision: run.revision ?? '–',
  };
  return (
    <dl class="facts card">
      {Object.entries(facts).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Warnings({ run: { warnings } }: { readonly run: RunReport }) {
  if (warnings.length === 0) return null;
  return (
    <section class="card">
      <h2>Warnings</h2>
      <ul>
        {warnings.map(({ code, message, count: times }) => (
          <li key={`${code} ${message}`}>
            <code>{code}</code> {message} {times > 1 && `(${count(times)} times)`}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Tasks({ run: { tasks } }: { readonly run: RunReport }) {
  const longest = Math.max(...tasks.map(({ seconds }) => seconds ?? 0), 0.001);
  return (
    <section class="card">
      <h2>Steps</h2>
      <Table
        label="Steps"
        columns={[
          'Step',
          'Status',
          { number: 'Attempts' },
          { number: 'Rows' },
          { number: 'Time' },
          null,
          'What went wrong',
        ]}
      >
        {tasks.map((task) => (
          <tr key={task.task_id}>
            <th scope="row">{words(task.name)}</th>
            <td>
              <Status value={task.status} />
            </td>
            <td class="number">{task.attempts}</td>
            <td class="number">{task.rows === null ? '–' : count(task.rows)}</td>
            <td class="number">{duration(task.seconds)}</td>
            <td class="share" aria-hidden="true">
              <i style={{ width: `${(100 * (task.seconds ?? 0)) / longest}%` }} />
            </td>
            <td class="long">{task.error?.message ?? ''}</td>
          </tr>
        ))}
      </Table>
    </section>
  );
}

function Artefacts({ id, status }: { readonly id: string; readonly status: RunReport['status'] }) {
  const { key, client } = useSession();
  const answer = useAnswer(`${key} ${id} ${status}`, (signal) =>
    client.get('/runs/{run_id}/artefacts', { path: { run_id: id }, signal }),
  );
  return (
    <section class="card">
      <h2>Artefacts</h2>
      <WhenHere answer={answer}>
        {({ data }) =>
          data.length === 0 ? (
            <p>This run left no files.</p>
          ) : (
            <Table label="Artefacts" columns={['File', 'Kind', { number: 'Size' }, 'Fetched as', 'SHA-256']}>
              {data.map((artefact) => (
                <tr key={artefact.file}>
                  <th scope="row">{artefact.file}</th>
                  <td>{artefact.kind}</td>
                  <td class="number">{bytes(artefact.bytes)}</td>
                  <td class="long">{artefact.name ?? ''}</td>
                  <td>
                    <code title={artefact.sha256 ?? ''}>{artefact.sha256?.slice(0, 12) ?? ''}</code>
                  </td>
                </tr>
              ))}
            </Table>
          )
        }
      </WhenHere>
    </section>
  );
}

function Cancel({ id, onAsked }: { readonly id: string; readonly onAsked: () => void }) {
  const { client } = useSession();
  const [said, setSaid] = useState<string | null>(null);
  const cancel = async () => {
    try {
      await client.post('/runs/{run_id}/cancel', { path: { run_id: id } });
      setSaid('Asked to stop; what it published stays unseen.');
    } catch (error) {
      const ended = error instanceof WeirProblem && error.code === 'run_ended';
      setSaid(ended ? 'It had ended before.' : problemText(error as Error));
    }
    onAsked();
  };
  return (
    <p>
      <button onClick={() => void cancel()}>Cancel this run</button> <span role="status">{said}</span>
    </p>
  );
}
