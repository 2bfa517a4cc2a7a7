import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { connectClickHouse } from '@weir/adapter-clickhouse';
import { connectClient } from '@weir/adapter-kafka-connect';
import { eventually, readMetrics, sampleOf } from '@weir/testing';

/** The program itself beside that of the stack: both want the same of the connectors, so that neither disturbs the other. */
const program = join(import.meta.dirname, '../bin/weir-keeper.js');
const sink = 'incidence-sink';

function address(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: this spec needs the running stack`);
  return value;
}

function environment(changed: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const clickHouse = new URL(address('WEIR_TEST_CLICKHOUSE'));
  return {
    PATH: process.env['PATH'],
    WEIR_MODE: 'stack',
    LOG_FORMAT: 'json',
    KEEPER_PORT: '0',
    DATABASE_URL: address('WEIR_TEST_POSTGRES'),
    KAFKA_BROKERS: address('WEIR_TEST_KAFKA'),
    CONNECT_URL: address('WEIR_TEST_CONNECT'),
    TEMPORAL_ADDRESS: 'not.asked:7233',
    CLICKHOUSE_HOST: clickHouse.hostname,
    CLICKHOUSE_PORT: clickHouse.port,
    CLICKHOUSE_USER: decodeURIComponent(clickHouse.username),
    CLICKHOUSE_PASSWORD: decodeURIComponent(clickHouse.password),
    CLICKHOUSE_DATABASE: clickHouse.pathname.slice(1),
    ...changed,
  };
}

interface Health {
  readonly status: string;
  readonly reasons: readonly { readonly code: string; readonly message: string }[];
}

class Keeper {
  log = '';
  private readonly origin: Promise<string>;

  private constructor(
    readonly child: ChildProcess,
    started: Promise<string>,
  ) {
    const ended = once(child, 'exit').then(() => Promise.reject(new Error(`the keeper ended: ${this.log}`)));
    this.origin = Promise.race([started, ended]);
    this.origin.catch(() => undefined);
  }

  static start(changed?: NodeJS.ProcessEnv): Keeper {
    const child = spawn(process.execPath, [program], {
      env: environment(changed),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said: (origin: string) => void = () => undefined;
    const keeper = new Keeper(child, new Promise((resolve) => (said = resolve)));
    child.stderr?.on('data', (text: Buffer) => {
      keeper.log += String(text);
      const port = /"event":"keeper_started".*?"port":(\d+)/.exec(keeper.log)?.[1];
      if (port !== undefined) said(`http://127.0.0.1:${port}`);
    });
    return keeper;
  }

  async get(path: string): Promise<Response> {
    return fetch(`${await this.origin}${path}`);
  }

  async health(): Promise<Health> {
    return (await (await this.get('/health')).json()) as Health;
  }

  /** Waits until a reason is there, or (null) none is; that letters were refused minutes ago is no news. */
  async tells(code: string | null, seconds = 60): Promise<Health> {
    let health: Health | undefined;
    return eventually(
      `the keeper tells ${code ?? 'ok'}`,
      seconds,
      async () => {
        health = await this.health();
        const codes = health.reasons.map((reason) => reason.code).filter((each) => each !== 'dead_letters');
        return (code === null ? codes.length === 0 : codes.includes(code)) && health;
      },
      () => health,
    );
  }

  /** @returns its exit status, and how long it took. */
  async stop(): Promise<{ status: number | null; seconds: number }> {
    const began = performance.now();
    if (this.child.exitCode === null) {
      this.child.kill('SIGTERM');
      await once(this.child, 'exit');
    }
    return { status: this.child.exitCode, seconds: (performance.now() - began) / 1000 };
  }
}

let keeper: Keeper;
afterEach(() => keeper?.stop());
const connect = connectClient(process.env['WEIR_TEST_CONNECT'] ?? '', { timeoutMs: 20_000 });

describe('a sink that has everything', () => {
  it('is ok, is measured, and a stop takes seconds', async () => {
    keeper = Keeper.start();
    await keeper.tells(null);
    expect((await keeper.get('/health/live')).status).toBe(200);
    const families = readMetrics(await (await keeper.get('/metrics')).text());
    const value = (name: string, labels: Record<string, string> = {}) => sampleOf(families, name, labels);
    for (const check of ['connect', 'kafka', 'login', 'table', 'disk']) {
      expect([check, value('weir_sink_up', { check })]).toEqual([check, 1]);
    }
    expect(value('weir_connector_up', { connector: sink })).toBe(1);
    expect(value('weir_topic_lag_records', { topic: 'incidence' })).toBeGreaterThanOrEqual(0);
    expect(value('weir_dead_letters_not_replayed')).toBeGreaterThanOrEqual(0);
    expect(value('weir_sink_free_disk_bytes')).toBeGreaterThan(0);
    expect(families.has('weir_open_runs')).toBe(true);
    const { status, seconds } = await keeper.stop();
    expect(status).toBe(0);
    expect(seconds).toBeLessThan(5);
    expect(keeper.log).toMatch(/"event":"keeper_stopped"/);
  });

  it('is kept as it is declared, whoever changed or removed a connector', async () => {
    keeper = Keeper.start();
    await keeper.tells(null);
    const declared = (await connect.connectors()).find(({ name }) => name === sink)?.config ?? {};
    const polls = 'consumer.override.max.poll.records';
    expect(Number(declared[polls])).toBeGreaterThan(500);
    await connect.configure(sink, { ...declared, [polls]: '17' });
    await connect.remove('incidence-retry-sink');
    const asDeclared = async () => {
      const found = new Map((await connect.connectors()).map(({ name, config }) => [name, config]));
      return found.has('incidence-retry-sink') && found.get(sink)?.[polls] === declared[polls];
    };
    await eventually('as declared', 60, asDeclared);
    await keeper.tells(null);
  });
});

describe('within a minute it tells, with 503, that', () => {
  it('a connector was paused, which it leaves to whoever did that', async () => {
    keeper = Keeper.start();
    await keeper.tells(null);
    await connect.pause(sink);
    try {
      const { status } = await keeper.tells('connector_paused');
      expect(status).toBe('degraded');
      expect((await keeper.get('/health')).status).toBe(503);
    } finally {
      await connect.resume(sink);
    }
    await keeper.tells(null);
  });

  it('the login is refused; without the password', async () => {
    keeper = Keeper.start({ CLICKHOUSE_PASSWORD: 'not-the-password' });
    const health = await keeper.tells('login_refused');
    expect(health.status).toBe('down');
    expect(JSON.stringify(health) + keeper.log).not.toContain('not-the-password');
  });

  it('the table is missing', async () => {
    const url = new URL(address('WEIR_TEST_CLICKHOUSE'));
    const clickHouse = connectClickHouse({ url });
    await clickHouse.command({ query: 'CREATE DATABASE IF NOT EXISTS spec_empty' });
    try {
      keeper = Keeper.start({ CLICKHOUSE_DATABASE: 'spec_empty' });
      expect((await keeper.tells('table_missing')).status).toBe('down');
    } finally {
      await clickHouse.command({ query: 'DROP DATABASE spec_empty' });
      await clickHouse.close();
    }
  });

  it.each([
    ['connect_unreachable', { CONNECT_URL: 'http://127.0.0.1:1' }],
    ['store_unreachable', { CLICKHOUSE_PORT: '1' }],
    ['kafka_unreachable', { KAFKA_BROKERS: '127.0.0.1:1' }],
  ])('something is away: %s', async (code, changed) => {
    keeper = Keeper.start(changed);
    expect((await keeper.tells(code)).status).toBe('down');
    expect((await keeper.stop()).status).toBe(0);
  });
});

it.each([
  ['it is told of no stack', { WEIR_MODE: 'embedded' }, /WEIR_MODE="embedded": expected stack/],
  ['a variable is wrong', { CONNECT_URL: 'connect' }, /CONNECT_URL="connect"/],
])('ends with status 2 where %s', async (_what, changed, message) => {
  keeper = Keeper.start(changed);
  await once(keeper.child, 'exit');
  expect(keeper.child.exitCode).toBe(2);
  expect(keeper.log).toMatch(message);
});
