import { jest } from '@jest/globals';
import { away, declared, failed, FakeSink, letters, noLetters, running } from './sink.fixture.js';
import { SinkKeeper } from './sink-keeper.js';

let sink: FakeSink;
let keeper: SinkKeeper;
beforeEach(() => {
  sink = new FakeSink();
  sink.host.has(running);
  keeper = new SinkKeeper(sink.parts, { declared, minFreeBytes: 1_000_000_000, tell: sink.tell, now: sink.now });
});

const codes = async () => (await keeper.look()).reasons.map(({ code }) => code);
const later = (seconds: number) => (sink.time += seconds * 1000);

describe('a sink', () => {
  it('that has everything is ok', async () => {
    expect(await keeper.look()).toEqual({
      status: 'ok',
      reasons: [],
      connectors: [
        { name: 'sink', up: true, running_tasks: 2 },
        { name: 'retry', up: true, running_tasks: 2 },
      ],
      checks: { connect: true, kafka: true, login: true, table: true, disk: true },
      free_bytes: 1e12,
      dead_letters: { written: 0, kept: 0, not_replayed: 0, arrived: 0 },
      lag: [{ topic: 'records', records: 0 }],
    });
  });

  it.each([
    ['store_unreachable', { login: false, table: null }],
    ['login_refused', { login: false, table: null }],
    ['table_missing', { login: true, table: false }],
    ['insert_refused', { login: true, table: false }],
  ] as const)('is down with %s, though its connectors run', async (code, checks) => {
    sink.store = { problem: { code, message: 'Not possible.' }, free_bytes: null };
    expect(await keeper.look()).toMatchObject({
      status: 'down',
      reasons: [{ code, message: 'Not possible.' }],
      checks: { ...checks, disk: null, connect: true },
    });
  });

  it('is down while Connect or Kafka is away', async () => {
    sink.host.failure.found = away('Kafka Connect');
    expect(await keeper.look()).toMatchObject({ status: 'down', checks: { connect: false, kafka: true } });
    delete sink.host.failure.found;
    sink.kafka = away('Kafka');
    expect(await keeper.look()).toMatchObject({
      status: 'down',
      reasons: [{ code: 'kafka_unreachable' }],
      checks: { connect: true, kafka: false },
      dead_letters: null,
      lag: [],
    });
  });

  it('is degraded while one task failed, and down while none runs', async () => {
    sink.host.has(failed, 'sink');
    expect(await keeper.look()).toMatchObject({ status: 'degraded', reasons: [{ code: 'connector_failed' }] });
    sink.host.has({ ...failed, running_tasks: 0 });
    expect(await keeper.look()).toMatchObject({ status: 'down' });
  });

  it('is degraded with little room', async () => {
    sink.store = { problem: null, free_bytes: 500 * 1_048_576 };
    const report = await keeper.look();
    expect(report).toMatchObject({ status: 'degraded', checks: { disk: false } });
    expect(report.reasons).toEqual([{ code: 'disk_low', message: expect.stringMatching(/500 MB of disk left/) }]);
  });

  it('tells no path and no secret of what went wrong', async () => {
    sink.host.has({
      ...failed,
      running: false,
      message: 'cannot open /opt/secret/key.pem of http://u:p@clickhouse:8123/?password=x',
    });
    const [reason] = (await keeper.look()).reasons;
    expect(reason?.message).not.toMatch(/opt|u:p|password=x/);
    expect(reason?.message).toMatch(/key\.pem.*clickhouse/);
  });
});

describe('dead letters', () => {
  it('make it degraded for five minutes after the last one arrived', async () => {
    sink.letters = letters(7, 5);
    expect(await codes()).toEqual([]);
    later(60);
    sink.letters = letters(9, 7);
    const report = await keeper.look();
    expect(report).toMatchObject({ status: 'degraded', dead_letters: { arrived: 2, kept: 7 } });
    expect(report.reasons[0]).toMatchObject({
      code: 'dead_letters',
      message: expect.stringMatching(/^2 records were/),
    });
    for (let looks = 0; looks < 58; looks++) {
      later(5);
      expect(await codes()).toEqual(['dead_letters']);
    }
    later(15);
    expect(await codes()).toEqual([]);
    expect(keeper.report.dead_letters).toMatchObject({ not_replayed: 7 });
  });

  it('of a topic that was made anew are counted from nought', async () => {
    sink.letters = { ...noLetters, written: 100 };
    await keeper.look();
    sink.letters = noLetters;
    expect(await codes()).toEqual([]);
    sink.letters = letters(1);
    expect(await codes()).toEqual(['dead_letters']);
  });
});

describe('dead letters that were replayed', () => {
  it('are taken from those that are kept', async () => {
    sink.letters = letters(9, 7);
    sink.replayed = async (kept) => (kept === sink.letters.ranges ? 3 : NaN);
    expect((await keeper.look()).dead_letters).toMatchObject({ kept: 7, not_replayed: 4 });
    // A replay between the two questions is one of a letter that is not counted yet.
    sink.replayed = async () => 8;
    expect((await keeper.look()).dead_letters).toMatchObject({ kept: 7, not_replayed: 0 });
  });

  it('are not asked after where none is kept', async () => {
    sink.letters = { ...noLetters, written: 9 };
    sink.replayed = () => Promise.reject(away('PostgreSQL'));
    expect((await keeper.look()).dead_letters).toMatchObject({ kept: 0, not_replayed: 0 });
  });

  const kafkaIsWell = { status: 'ok', reasons: [], checks: { kafka: true }, lag: [{ topic: 'records' }] };

  it('cannot be told while PostgreSQL is away, which is no fault of Kafka', async () => {
    sink.letters = letters(9, 7);
    sink.replayed = () => Promise.reject(away('PostgreSQL'));
    expect(await keeper.look()).toMatchObject({ ...kafkaIsWell, dead_letters: { kept: 7, not_replayed: null } });
  });

  it('cannot be told while PostgreSQL hangs, after three seconds', async () => {
    sink.letters = letters(9, 7);
    sink.replayed = () => new Promise(() => undefined);
    jest.useFakeTimers();
    try {
      const looked = keeper.look();
      await jest.advanceTimersByTimeAsync(3_000);
      expect(await looked).toMatchObject({ ...kafkaIsWell, dead_letters: { kept: 7, not_replayed: null } });
    } finally {
      jest.useRealTimers();
    }
  });
});

describe('a connector that has work and does not get on', () => {
  const waiting = (records: number, position: number) => (sink.lag = [{ topic: 'records', records, position }]);

  it('is told of after a minute', async () => {
    waiting(500, 10);
    expect(await codes()).toEqual([]);
    later(55);
    expect(await codes()).toEqual([]);
    later(5);
    expect(await codes()).toEqual(['sink_stalled']);
    waiting(400, 110);
    expect(await codes()).toEqual([]);
  });

  it('is not one that has nothing to do, however long', async () => {
    waiting(0, 10);
    await keeper.look();
    later(3_600);
    waiting(100, 10);
    expect(await codes()).toEqual([]);
  });
});

describe('the report', () => {
  it('is down before the first look', () => {
    expect(keeper.report).toMatchObject({ status: 'down', reasons: [{ code: 'keeper_starting' }] });
  });

  it('is not believed any more where the last look is long ago', async () => {
    await keeper.look();
    later(44);
    expect(keeper.report.status).toBe('ok');
    later(1);
    expect(keeper.report).toMatchObject({ status: 'down', reasons: [{ code: 'keeper_stuck' }] });
  });
});

it.each(['store_unreachable', 'login_refused', 'table_missing', 'insert_refused'] as const)(
  'restarts what failed as soon as the store is well again, and not while it is %s',
  async (code) => {
    await keeper.look();
    sink.store = { problem: { code, message: 'Not possible.' }, free_bytes: null };
    sink.host.has(failed, 'sink');
    for (let looks = 0; looks < 20; looks++, later(5)) await keeper.look();
    expect(sink.host.asked).toEqual([]);
    sink.store = { problem: null, free_bytes: 1e12 };
    await keeper.look();
    expect(sink.host.asked).toEqual(['restart sink']);
    expect(keeper.restarts.get('sink')).toBe(1);
  },
);

it('does not wait out a back-off from before the store went away', async () => {
  sink.host.has(failed, 'sink');
  for (let looks = 0; looks < 20; looks++, later(5)) await keeper.look();
  const before = keeper.restarts.get('sink') ?? 0;
  sink.store = { problem: { code: 'store_unreachable', message: 'Away.' }, free_bytes: null };
  await keeper.look();
  sink.store = { problem: null, free_bytes: 1e12 };
  await keeper.look();
  expect(keeper.restarts.get('sink')).toBe(before + 1);
});

it('says each change once, with what is wrong', async () => {
  await keeper.look();
  sink.store = { problem: { code: 'table_missing', message: 'No table.' }, free_bytes: null };
  await keeper.look();
  await keeper.look();
  sink.store = { problem: null, free_bytes: 1e12 };
  await keeper.look();
  expect(sink.told.map(({ level, event, message }) => [level, event, message])).toEqual([
    ['info', 'sink_status', 'sink: ok.'],
    ['warn', 'sink_status', 'sink: down. No table.'],
    ['info', 'sink_status', 'sink: ok.'],
  ]);
});
