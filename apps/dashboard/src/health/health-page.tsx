import { WeirProblem } from '@weir/client';
import { Status, WhenHere } from '../look/state.js';
import { Table } from '../look/table.js';
import { count, fromNow, time } from '../look/text.js';
import { hashOf } from '../route.js';
import { useSession } from '../session/session-context.js';
import { useAnswer } from '../session/use-answer.js';

const LOOK_EVERY = 5_000;

/** Whether it works: for everybody. Who works: for operators. */
export function HealthPage() {
  const { client, profile } = useSession();
  const health = useAnswer('health', (signal) => client.get('/health', { signal }), { after: () => LOOK_EVERY });
  const ready = useAnswer(
    'ready',
    async (signal) => {
      try {
        await client.get('/health/ready', { signal });
        return 'Ready: the figures can be read.';
      } catch (problem) {
        if (problem instanceof WeirProblem) return problem.detail;
        throw problem;
      }
    },
    { after: () => LOOK_EVERY },
  );
  return (
    <>
      <h1>Health</h1>
      {/* Beside a problem, the last state would be taken for the present one. */}
      <WhenHere answer={health.problem === null ? health : { ...health, data: null, asking: false }}>
        {({ status, dependencies }) => (
          <section class="card">
            <h2>
              Weir <Status value={status} />
            </h2>
            <p role="status">{ready.problem === null && ready.data}</p>
            <table>
              <thead>
                <tr>
                  <th scope="col">Depends on</th>
                  <th scope="col">Status</th>
                  <th scope="col" class="number">
                    Answered after
                  </th>
                </tr>
              </thead>
              <tbody>
                {Object.entries(dependencies).map(([name, each]) => (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    <td>
                      <Status value={each.status} />
                    </td>
                    <td class="number">{count(each.latency_ms)} ms</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </WhenHere>
      {profile.data?.scopes.includes('pipelines') && <Workers />}
    </>
  );
}

function Workers() {
  const { key, client } = useSession();
  const answer = useAnswer(key, async (signal) => (await client.get('/workers', { signal })).data, {
    after: () => LOOK_EVERY,
  });
  return (
    <section class="card">
      <h2>Workers</h2>
      <WhenHere answer={answer}>
        {(workers) =>
          workers.length === 0 ? (
            <p>No worker is running: nothing executes runs.</p>
          ) : (
            <Table
              label="Workers"
              columns={[
                'Worker',
                'Queue',
                'Status',
                'Does',
                { number: 'Finished' },
                { number: 'Failed' },
                'Started (UTC)',
                'Last seen',
              ]}
            >
              {workers.map((worker) => (
                <tr key={worker.worker_id}>
                  <th scope="row">{worker.worker_id}</th>
                  <td>
                    {worker.queue} ({worker.engine})
                  </td>
                  <td>
                    <Status value={worker.status} />
                  </td>
                  <td>
                    {worker.running.map(({ run_id, pipeline, step }) => (
                      <a key={run_id} href={hashOf(['runs', run_id])}>
                        {pipeline} {step}{' '}
                      </a>
                    ))}
                  </td>
                  <td class="number">{count(worker.finished)}</td>
                  <td class="number">{count(worker.failed)}</td>
                  <td>{time(worker.started_at)}</td>
                  <td>{fromNow(worker.last_seen)}</td>
                </tr>
              ))}
            </Table>
          )
        }
      </WhenHere>
    </section>
  );
}
