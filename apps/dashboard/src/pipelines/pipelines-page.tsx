import type { Answer } from '@weir/client';
import { Status, WhenHere } from '../look/state.js';
import { count, fromNow, time } from '../look/text.js';
import { hashOf } from '../route.js';
import { useSession } from '../session/session-context.js';
import { useAnswer } from '../session/use-answer.js';

type Pipeline = Answer<'get', '/pipelines'>['data'][number];

/** What there is to run, when it runs next, and how it went last. */
export function PipelinesPage() {
  const { key, client } = useSession();
  const answer = useAnswer(key, async (signal) => (await client.get('/pipelines', { signal })).data, {
    after: () => 10_000,
  });
  return (
    <>
      <h1>Pipelines</h1>
      <WhenHere answer={answer}>
        {(pipelines) =>
          pipelines.length === 0 ? (
            <p>There is none: a folder with a pipeline.yaml makes one.</p>
          ) : (
            pipelines.map((pipeline) => <Card key={pipeline.pipeline_id} pipeline={pipeline} />)
          )
        }
      </WhenHere>
    </>
  );
}

function Card({ pipeline }: { readonly pipeline: Pipeline }) {
  const {
    name,
    description,
    dataset,
    sink,
    schedule,
    next_run: next,
    branches,
    status,
    problems,
    last_run: last,
  } = pipeline;
  return (
    <article class="card">
      <h2>
        {name} {status === 'invalid' && <Status value={status} />}
      </h2>
      <p>{description}</p>
      <dl class="facts">
        <div>
          <dt>Next run</dt>
          <dd>
            {next === null ? (
              'only when asked for'
            ) : (
              <>
                <b>{fromNow(next)}</b> <small>{time(next)} UTC</small>
              </>
            )}
          </dd>
        </div>
        <div>
          <dt>Schedule (UTC)</dt>
          <dd>{schedule === null ? '–' : <code>{schedule.cron}</code>}</dd>
        </div>
        <div>
          <dt>Last run</dt>
          <dd>
            {last === null ? (
              'none yet'
            ) : (
              <>
                <Status value={last.status} /> <a href={hashOf(['runs', last.run_id])}>{time(last.started_at)}</a>
              </>
            )}
          </dd>
        </div>
        {branches.map(({ branch, source }) => (
          <div key={branch}>
            <dt>{branch}</dt>
            <dd>
              {source.type}: {source.names.join(', ')}
              {source.count !== null && source.count > source.names.length && `, ${count(source.count)} in all`}
            </dd>
          </div>
        ))}
        <div>
          <dt>Into</dt>
          <dd>
            {sink}
            {dataset !== null && `, dataset ${dataset}`}
          </dd>
        </div>
      </dl>
      {problems.length > 0 && (
        <ul class="problem">
          {problems.map(({ line, column, code, message, hint }) => (
            <li key={`${line}:${column} ${code}`}>
              <code>
                pipeline.yaml:{line}:{column}
              </code>{' '}
              {message} {hint}
            </li>
          ))}
        </ul>
      )}
      <p>
        <a href={hashOf(['runs'], new URLSearchParams({ pipeline: name }))}>Its runs</a>
      </p>
    </article>
  );
}
