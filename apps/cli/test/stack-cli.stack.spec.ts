import { randomUUID } from 'node:crypto';
import { ClickHouseIncidenceRepository, connectClickHouse, type ClickHouseClient } from '@weir/adapter-clickhouse';
import { connectKafka } from '@weir/adapter-kafka';
import { IncidenceService } from '@weir/incidence';
import type { DeadLetterView, Health, Page, ReplayReport, RunDetails, Worker } from '@weir/operations';
import { eventually } from '@weir/testing';
import { get, weir, weirJson, type Outcome, type Settings } from './weir.js';

/** Real: `npx weir` in a process of its own, beside the stack that tools/stack.mjs brought up. */
function told(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run this by node tools/stack.mjs suite`);
  return value;
}

const clickhouse = new URL(told('WEIR_TEST_CLICKHOUSE'));
const stack: Settings = {
  WEIR_MODE: 'stack',
  DATABASE_URL: told('WEIR_TEST_POSTGRES'),
  CLICKHOUSE_HOST: clickhouse.hostname,
  CLICKHOUSE_PORT: clickhouse.port,
  CLICKHOUSE_USER: clickhouse.username,
  CLICKHOUSE_PASSWORD: clickhouse.password,
  CLICKHOUSE_DATABASE: clickhouse.pathname.slice(1),
  KAFKA_BROKERS: told('WEIR_TEST_KAFKA'),
  TEMPORAL_ADDRESS: told('WEIR_TEST_TEMPORAL'),
  KEEPER_URL: told('WEIR_TEST_KEEPER'),
};
const api = told('WEIR_TEST_API');
let key: string;

beforeAll(async () => {
  const words = ['keys', 'create', '--email', `cli-${randomUUID()}@example.org`, '--scopes', 'data,pipelines'];
  key = (await weirJson<{ api_key: string }>(stack, words)).answer.api_key;
}, 60_000);

it('a key that it makes is one for the API', async () => {
  expect(await get(`${api}/users/me`, key)).toMatchObject({ status: 200, body: { scopes: ['data', 'pipelines'] } });
});

it('health names each part of the stack', async () => {
  // A program that has just begun may be too slow for one of them on a busy machine.
  await eventually('each of them is well', 60, async () => {
    const { answer } = await weirJson<Health>(stack, ['health']);
    expect(Object.keys(answer.dependencies)).toEqual(['postgres', 'clickhouse', 'kafka', 'temporal', 'sink']);
    for (const name of ['postgres', 'clickhouse', 'kafka', 'temporal']) {
      expect([name, answer.dependencies[name]?.status]).toEqual([name, 'ok']);
    }
    return true;
  });
});

it('health works with parts that are away, and says which', async () => {
  const lonely = { ...stack, DATABASE_URL: 'postgres://weir:x@127.0.0.1:1/weir', KAFKA_BROKERS: '127.0.0.1:1' };
  const { status, answer } = await weirJson<Health>(lonely, ['health']);
  expect(status).toBe(1);
  expect(answer).toMatchObject({
    status: 'degraded',
    dependencies: { postgres: { status: 'down' }, kafka: { status: 'down' }, clickhouse: { status: 'ok' } },
  });
});

it('migrate finds everything applied, and topics as they are to be', async () => {
  expect((await weir(stack, ['migrate', 'status'])).status).toBe(0);
  expect(await weir(stack, ['migrate', 'run'])).toMatchObject({ status: 0, stdout: 'Nothing is pending.\n' });
});

it('workers lists those that wait for Temporal', async () => {
  const { answer } = await weirJson<{ data: Worker[] }>(stack, ['workers']);
  expect(answer.data.length).toBeGreaterThan(0);
  for (const worker of answer.data) expect(worker).toMatchObject({ engine: 'temporal', queue: 'weir' });
});

it('run begins a run and says where to look; status shows how it goes', async () => {
  const begun = await weir(stack, ['run', 'covid', '--branch', 'update', '--only', 'extract']);
  expect(begun).toMatchObject({ status: 0 });
  const id = /run ([0-9a-f-]{36}) has begun/.exec(begun.stdout)?.[1] ?? '';
  expect(begun.stdout).toContain(`workflow covid/${id}`);
  const run = await eventually('the run ends', 120, async () => {
    const { answer } = await weirJson<RunDetails>(stack, ['status', id]);
    return answer.finished_at === null ? null : answer;
  });
  expect(run).toMatchObject({ run_id: id, status: 'succeeded', branch: 'update' });
  expect(run.tasks.map(({ name }) => name)).toEqual(['open_run', 'check_history', 'extract', 'close_run']);
  expect(await get(`${api}/runs/${id}`, key)).toMatchObject({ status: 200, body: { status: 'succeeded' } });
}, 180_000);

it('run --wait follows a run to its end', async () => {
  const { status, answer } = await weirJson<RunDetails>(stack, [
    ...['run', 'covid', '--branch', 'update', '--only', 'extract', '--wait'],
  ]);
  expect(status).toBe(0);
  expect(answer).toMatchObject({ status: 'succeeded', finished_at: expect.any(String) });
  const unknown = await weir(stack, ['run', 'civod', '--wait']);
  expect(unknown).toMatchObject({ status: 1, stderr: expect.stringContaining('unknown_pipeline') });
}, 180_000);

type LetterPage = Page<DeadLetterView>;

describe('dlq', () => {
  const kafka = connectKafka({ brokers: [told('WEIR_TEST_KAFKA')], clientId: 'weir-spec' });
  const dataset = `spec_${randomUUID().replaceAll('-', '')}`;
  const run_id = randomUUID();
  let client: ClickHouseClient;

  beforeAll(async () => {
    client = connectClickHouse({
      url: clickhouse.origin,
      username: clickhouse.username,
      password: clickhouse.password,
      database: clickhouse.pathname.slice(1),
    });
    const commit = { dataset, revision: 5, run_id, pipeline: dataset, branch: 'backfill', rows: 1 };
    const values = [{ ...commit, plan_hash: 'p', sources_hash: 's' }];
    await client.insert({ table: 'incidence_commits', values, format: 'JSONEachRow' });
  });
  afterAll(() => client.close());

  const record = (date: string, more: object = {}) =>
    JSON.stringify({
      ...{ dataset, region: 'SPC', region_name: 'Spec', date, new_cases: 3, new_deaths: null, new_recovered: null },
      ...{
        new_hospitalized: null,
        basis: 'reported',
        filled: [],
        source: 'spec',
        run_id,
        revision: 5,
        withdrawn: false,
      },
      ...more,
    });

  /** As if the sink had refused them. */
  async function refuse(...values: string[]): Promise<DeadLetterView[]> {
    const producer = kafka.producer();
    await producer.connect();
    const headers = { '__connect.errors.exception.message': 'a reason of this spec' };
    await producer.send({
      topic: 'incidence.dlq',
      messages: values.map((value) => ({ key: dataset, value, headers })),
    });
    await producer.disconnect();
    return eventually('the letters are listed', 60, async () => {
      const mine = await letters();
      return mine.length >= values.length ? mine : null;
    });
  }

  async function letters(state = 'waiting'): Promise<DeadLetterView[]> {
    const all: DeadLetterView[] = [];
    let cursor: string | null = null;
    do {
      const goOn: readonly string[] = cursor === null ? [] : ['--cursor', cursor];
      const page: LetterPage = (
        await weirJson<LetterPage>(stack, ['dlq', 'list', '--state', state, '--limit', '1000', ...goOn])
      ).answer;
      all.push(...page.data.filter((letter) => letter.key === dataset));
      cursor = page.next_cursor;
    } while (cursor !== null);
    return all;
  }

  it('replays a row of a committed revision: readers see it, and answers have another name', async () => {
    const repository = new ClickHouseIncidenceRepository(client);
    const service = new IncidenceService(repository, { version: '1' });
    const answer = () => service.list(dataset, { order: 'date' }, 'json');
    const before = await answer();
    const [letter] = await refuse(record('2023-05-01'));
    const id = letter?.letter_id ?? '';
    expect(letter).toMatchObject({
      reason: 'a reason of this spec',
      row: { dataset, region: 'SPC', date: '2023-05-01', run_id, revision: 5 },
      replayed_at: null,
    });
    const shown = await weir(stack, ['dlq', 'show', id]);
    expect(shown.stdout).toContain('a reason of this spec');
    expect(shown.stdout).toContain('"new_cases":3');
    const overHttp = await get(`${api}/dlq?limit=1000`, key);
    expect((overHttp.body as { data: DeadLetterView[] }).data.some(({ letter_id }) => letter_id === id)).toBe(true);

    const { status, answer: report } = await weirJson<ReplayReport>(stack, ['dlq', 'replay', id]);
    expect(report).toEqual({
      replayed: 1,
      unreadable: 0,
      revisions: [
        {
          dataset,
          revision: 5,
          run_id,
          letters: 1,
          rows: 1,
          readable: 1,
          refused: 0,
          state: 'committed',
          renamed_by: 6,
        },
      ],
    });
    expect(status).toBe(0);
    const after = await answer();
    expect(after.tag).not.toBe(before.tag);
    expect(await repository.snapshot(dataset)).toBe(6);
    expect(await repository.regions(dataset, 6)).toMatchObject([{ region: 'SPC', count: 1 }]);
    expect(await letters()).toEqual([]);
    expect(await letters('replayed')).toMatchObject([{ letter_id: id, replayed_at: expect.any(String) }]);
  }, 240_000);

  it('shows and replays what is no JSON; it is refused again, as another letter', async () => {
    const broken = `{"dataset": "${dataset}", `;
    const [letter] = await refuse(broken);
    const id = letter?.letter_id ?? '';
    expect(letter).toMatchObject({ value: broken, row: null });
    const replay: Outcome = await weir(stack, ['dlq', 'replay', id]);
    expect(replay).toMatchObject({ status: 1, stdout: expect.stringContaining('1 without a row that can be read') });
    const again = await eventually('it is refused again', 120, async () => (await letters())[0] ?? null);
    expect(again.letter_id).not.toBe(id);
    expect(again.value).toBe(broken);
    expect(again.reason).not.toBe('a reason of this spec');
  }, 240_000);

  it('says which letter is none', async () => {
    for (const words of [['show'], ['replay']]) {
      const { status, stderr } = await weir(stack, ['dlq', ...words, '0-99999999']);
      expect([status, stderr]).toEqual([1, expect.stringContaining('not_found')]);
    }
  });
});
