import { eventually } from '@weir/testing';
import { connectClient, connectorCondition } from '../src/index.js';
import { address, record, records, sinkUnderTest, type SinkUnderTest } from './sink-under-test.js';

let sink: SinkUnderTest;
beforeAll(async () => {
  // With `none` what cannot be written fails the task, as it would where the sink itself is broken.
  sink = await sinkUnderTest((config) => ({ ...config, 'errors.tolerance': 'none', 'tasks.max': '1' }));
}, 120_000);
afterAll(() => sink?.close());

const health = async () => {
  const found = (await sink.connect.connectors()).find(({ name }) => name === sink.connectors.sink);
  return connectorCondition(found?.status ?? null);
};
const becomes = (problem: string | null) =>
  eventually(`${problem ?? 'running'}`, 60, async () => {
    const now = await health();
    return problem === null ? now.running : !now.running && now.problem === problem;
  });

it('tells of a connector what it was declared with, secrets by the names of their variables', async () => {
  const found = (await sink.connect.connectors()).find(({ name }) => name === sink.connectors.sink);
  expect(found?.config).toMatchObject({ password: '${env:CLICKHOUSE_PASSWORD}', 'tasks.max': '1' });
  expect(found?.config).not.toHaveProperty('name');
  expect(await health()).toEqual({ running: true, tasks: 1 });
});

it('knows which plug-ins there are', async () => {
  expect(await sink.connect.hasPlugin('com.clickhouse.kafka.connect.ClickHouseSinkConnector')).toBe(true);
  expect(await sink.connect.hasPlugin('org.example.None')).toBe(false);
});

it('names every field of a configuration that Connect refuses, and registers nothing', async () => {
  const refused = {
    'connector.class': 'com.clickhouse.kafka.connect.ClickHouseSinkConnector',
    topics: 'x',
    port: 'eighty',
  };
  await expect(sink.connect.configure('spec-refused', refused)).rejects.toMatchObject({
    code: 'connector_config_refused',
    retryable: false,
    details: {
      errors: expect.arrayContaining([
        expect.objectContaining({ field: 'port', message: expect.stringContaining('eighty') }),
        expect.objectContaining({ field: 'hostname' }),
      ]),
    },
  });
  const names = (await sink.connect.connectors()).map(({ name }) => name);
  expect(names).not.toContain('spec-refused');
  await expect(sink.connect.configure('spec-refused', { 'connector.class': 'org.example.None' })).rejects.toMatchObject(
    {
      code: 'connector_config_refused',
      message: expect.stringContaining('org.example.None'),
    },
  );
});

it('pauses and resumes', async () => {
  await sink.connect.pause(sink.connectors.sink);
  await becomes('paused');
  await sink.connect.resume(sink.connectors.sink);
  await becomes(null);
}, 60_000);

it('says why a task failed, and restarts it', async () => {
  await sink.publish([record({ region: 'XA-00', basis: 'guessed' })]);
  await becomes('failed');
  expect(await health()).toMatchObject({
    message: expect.stringMatching(/^task 0 of 1 failed: .*basis/s),
    running_tasks: 0,
  });
  // It fails of the same record once more, until the table takes it.
  await sink.clickHouse.command({
    query: `ALTER TABLE ${sink.table} MODIFY COLUMN basis Enum8('reported' = 1, 'spread' = 2, 'guessed' = 3)`,
  });
  await eventually('Connect takes the wish: not while its workers share the work anew', 60, async () => {
    await sink.connect.restartFailed(sink.connectors.sink);
    return true;
  });
  await becomes(null);
  await sink.publish(records(10));
  await eventually('all of it arrived', 60, async () => (await sink.rows()).different === 11);
}, 120_000);

it('cannot restart or pause what there is not; removing it is done already', async () => {
  await expect(sink.connect.restartFailed('spec-none')).rejects.toMatchObject({ code: 'connector_unknown' });
  await expect(sink.connect.pause('spec-none')).rejects.toMatchObject({ code: 'connector_unknown' });
  await sink.connect.remove('spec-none');
});

it('cannot be used where something else answers', async () => {
  const url = new URL(address('WEIR_TEST_CLICKHOUSE')).origin;
  await expect(connectClient(`${url}/ping?`).connectors()).rejects.toMatchObject({ code: 'dependency_unavailable' });
});
