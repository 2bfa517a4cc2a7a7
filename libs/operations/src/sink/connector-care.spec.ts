import { WeirError } from '@weir/pipeline';
import { ConnectorCare } from './connector-care.js';
import type { ConnectorCondition } from './ports.js';
import { away, declared, failed, FakeSink, running } from './sink.fixture.js';

let sink: FakeSink;
let care: ConnectorCare;
beforeEach(() => {
  sink = new FakeSink();
  care = new ConnectorCare(sink.host, declared, sink.tell, sink.now);
});

/** Looks every 5 s for a while. @returns at which seconds something was asked of the host. */
async function lookFor(seconds: number): Promise<number[]> {
  const at: number[] = [];
  for (let second = 0; second <= seconds; second += 5) {
    const before = sink.host.asked.length;
    await care.look(true);
    if (sink.host.asked.length > before) at.push(second);
    sink.time += 5_000;
  }
  return at;
}

describe('a connector that is declared', () => {
  it('is registered where there is none', async () => {
    const { reasons } = await care.look(true);
    expect(sink.host.asked).toEqual(['configure sink', 'configure retry']);
    expect(reasons.map(({ code }) => code)).toEqual(['connector_starting', 'connector_starting']);
    expect(sink.events()).toEqual(['connector_registered', 'connector_registered']);
    expect(await care.look(true)).toEqual({
      reachable: true,
      reasons: [],
      connectors: [
        { name: 'sink', up: true, running_tasks: 2 },
        { name: 'retry', up: true, running_tasks: 2 },
      ],
    });
  });

  it('is not registered before the table can be written: all it reads would become dead letters', async () => {
    const { reasons } = await care.look(false);
    expect(sink.host.asked).toEqual([]);
    expect(reasons.map(({ code }) => code)).toEqual(['connector_missing', 'connector_missing']);
  });

  it('is not changed before the table can be written, because a change starts it anew; then at once', async () => {
    sink.host.has(running);
    sink.host.connectors.set('sink', { name: 'sink', config: { topics: 'records' }, condition: running });
    const { reasons, connectors } = await care.look(false);
    expect(sink.host.asked).toEqual([]);
    expect(reasons).toEqual([
      {
        code: 'connector_not_configured',
        message: 'Connector sink: is not as declared, and not changed yet: it waits until the table can be written',
      },
    ]);
    expect(connectors[0]).toEqual({ name: 'sink', up: false, running_tasks: 2 });
    await care.look(true);
    expect(sink.host.asked).toEqual(['configure sink']);
  });

  it.each([
    ['another value', { topics: 'records', port: '9000' }],
    ['a key less', { topics: 'records' }],
    ['a key more', { topics: 'records', port: '8123', ssl: 'true' }],
  ])('is put right where somebody gave it %s', async (_what, config) => {
    sink.host.has(running);
    sink.host.connectors.set('sink', { name: 'sink', config, condition: running });
    await care.look(true);
    expect(sink.host.asked).toEqual(['configure sink']);
    expect(sink.events()).toEqual(['connector_changed']);
    expect((await care.look(true)).reasons).toEqual([]);
  });

  it('is left alone where it is as declared and runs; so are others', async () => {
    sink.host.has(running);
    sink.host.connectors.set('theirs', { name: 'theirs', config: {}, condition: failed });
    const { connectors, reasons } = await care.look(true);
    expect([sink.host.asked, reasons, connectors.length]).toEqual([[], [], 2]);
  });

  it('that Connect refuses is tried again ever more rarely, and says why meanwhile', async () => {
    sink.host.has(running, 'retry');
    sink.host.failure.configure = new WeirError('connector_config_refused', 'Kafka Connect refuses it: port: wrong');
    expect(await lookFor(120)).toEqual([0, 5, 15, 35, 75]);
    expect((await care.look(true)).reasons).toEqual([
      { code: 'connector_config_refused', message: 'Connector sink: Kafka Connect refuses it: port: wrong' },
    ]);
    delete sink.host.failure.configure;
    sink.time += 60_000;
    await care.look(true);
    expect((await care.look(true)).reasons).toEqual([]);
  });
});

describe('a connector that failed', () => {
  it('is restarted at once, then after 5, 10, 20, 40, 60, 60 seconds', async () => {
    sink.host.has(failed, 'sink');
    sink.host.has(running, 'retry');
    expect(await lookFor(260)).toEqual([0, 5, 15, 35, 75, 135, 195, 255]);
    expect(new Set(sink.host.asked)).toEqual(new Set(['restart sink']));
    expect([...care.restarts]).toEqual([['sink', 8]]);
  });

  it('is not restarted before the table can be written: what waits in the topic would become dead letters', async () => {
    sink.host.has(running);
    sink.host.has(failed, 'sink');
    const { reasons, connectors } = await care.look(false);
    expect(sink.host.asked).toEqual([]);
    expect(reasons).toEqual([
      {
        code: 'connector_failed',
        message:
          'Connector sink: task 0 of 2 failed: no such user; not restarted yet: it waits until the table can be written',
      },
    ]);
    expect(connectors[0]).toEqual({ name: 'sink', up: false, running_tasks: 1 });
    // What was not tried has not failed: the first restart is a first one.
    await care.look(true);
    expect(sink.host.asked).toEqual(['restart sink']);
  });

  it('says why, and which of its tasks run all the same', async () => {
    sink.host.has(failed, 'sink');
    sink.host.has(running, 'retry');
    expect(await care.look(true)).toMatchObject({
      reasons: [{ code: 'connector_failed', message: 'Connector sink: task 0 of 2 failed: no such user' }],
      connectors: [{ name: 'sink', up: false, running_tasks: 1 }, { up: true }],
    });
    expect(sink.told[0]).toMatchObject({ level: 'warn', event: 'connector_restarted', connector: 'sink' });
  });

  it('is restarted at once again, once it ran for two minutes', async () => {
    sink.host.has(running);
    sink.host.has(failed, 'sink');
    await lookFor(60);
    sink.host.has(running, 'sink');
    await lookFor(120);
    sink.host.has(failed, 'sink');
    expect(await lookFor(10)).toEqual([0, 5]);
  });

  it('does not begin anew where it only ran for a moment', async () => {
    sink.host.has(running);
    sink.host.has(failed, 'sink');
    await lookFor(40);
    sink.host.has(running, 'sink');
    await lookFor(5);
    sink.host.has(failed, 'sink');
    expect(await lookFor(20)).not.toContain(0);
  });

  it('is restarted at once where what it failed of is over', async () => {
    sink.host.has(running);
    sink.host.has(failed, 'sink');
    await lookFor(140);
    care.takeHeart();
    expect(await lookFor(0)).toEqual([0]);
  });

  it('counts no restart that Connect did not take', async () => {
    sink.host.has(failed, 'sink');
    sink.host.has(running, 'retry');
    sink.host.failure.restart = away('Kafka Connect');
    await care.look(true);
    expect([...care.restarts]).toEqual([]);
    expect(sink.events()).toEqual(['connector_not_restarted']);
  });
});

it.each(['paused', 'stopped', 'starting'] as const)(
  'tells of a connector that is %s, and leaves it so',
  async (problem) => {
    const condition: ConnectorCondition = { ...failed, problem, message: 'somebody asked for that' };
    sink.host.has(running);
    sink.host.has(condition, 'sink');
    expect((await care.look(true)).reasons.map(({ code }) => code)).toEqual([`connector_${problem}`]);
    expect(sink.host.asked).toEqual([]);
  },
);

it('says that Connect is away, once, and nothing of its connectors', async () => {
  sink.host.failure.found = away('Kafka Connect');
  expect(await care.look(true)).toEqual({
    reachable: false,
    reasons: [{ code: 'connect_unreachable', message: 'Kafka Connect cannot be used: ECONNREFUSED.' }],
    connectors: declared.map(({ name }) => ({ name, up: false, running_tasks: 0 })),
  });
});
