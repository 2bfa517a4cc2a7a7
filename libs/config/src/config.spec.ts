import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, environmentVariables, readConfig } from './index.js';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'weir-config-'));
});
afterEach(() => rm(root, { recursive: true }));

const problemsOf = (environment: NodeJS.ProcessEnv) => {
  try {
    readConfig(root, environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

it('takes the default of everything that is not set', () => {
  const { variable, ...config } = readConfig(root, {});
  expect(config).toEqual({
    root,
    home: join(root, '.weir'),
    pipelines: join(root, 'pipelines'),
    api: {
      host: '127.0.0.1',
      port: 8000,
      trustProxyHops: 0,
      bcryptCost: 12,
      rateLimits: { key: 600, address: 30, account: 10 },
    },
    engine: { maxRetries: 3, backoffBase: 2 },
    duckdb: { memoryLimit: '128MB', threads: 2 },
    log: { level: 'info', format: 'console' },
    stack: null,
  });
  expect(variable('COVID_HISTORY')).toBeUndefined();
});

it('has a default for every variable that it would itself accept', () => {
  for (const { name, schema, default: fallback } of environmentVariables) {
    expect([name, schema.safeParse(fallback).success]).toEqual([name, true]);
  }
});

it('reads every setting from its variable', () => {
  const config = readConfig(root, {
    WEIR_MODE: 'embedded',
    PORT: '0',
    HOST: '::1',
    WEIR_HOME: '/var/lib/weir',
    PIPELINES: 'my/pipelines',
    MAX_RETRIES: '0',
    RETRY_BACKOFF_BASE: '1.5',
    LOG_LEVEL: 'debug',
    LOG_FORMAT: 'json',
    DUCKDB_MEMORY: '2GB',
    DUCKDB_THREADS: '8',
    BCRYPT_COST: '4',
    RATE_LIMIT_KEY: '0',
    RATE_LIMIT_ADDRESS: '1',
    RATE_LIMIT_ACCOUNT: '2',
    TRUST_PROXY_HOPS: '3',
  });
  expect(config).toMatchObject({
    home: '/var/lib/weir',
    pipelines: join(root, 'my/pipelines'),
    api: { host: '::1', port: 0, trustProxyHops: 3, bcryptCost: 4, rateLimits: { key: 0, address: 1, account: 2 } },
    engine: { maxRetries: 0, backoffBase: 1.5 },
    duckdb: { memoryLimit: '2GB', threads: 8 },
    log: { level: 'debug', format: 'json' },
  });
});

it('says all that is wrong at once: each name, what it is, and what was expected', () => {
  const environment = { PORT: 'eighty', LOG_LEVEL: 'loud', BCRYPT_COST: '3', MAX_RETRIES: '2' };
  expect(problemsOf(environment)).toEqual([
    { name: 'PORT', value: 'eighty', expected: 'a port, 0 to 65535 (0: any free one)' },
    { name: 'LOG_LEVEL', value: 'loud', expected: 'trace, debug, info, warn, error or silent' },
    { name: 'BCRYPT_COST', value: '3', expected: 'a whole number, 4 to 16' },
  ]);
  expect(() => readConfig(root, environment)).toThrow(
    /environment is not right:\n {2}PORT="eighty": expected a port.*\n {2}LOG_LEVEL="loud".*\n {2}BCRYPT_COST="3"/,
  );
});

it.each([
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '80.5'],
  ['PORT', '0x50'],
  ['PORT', ' 80'],
  ['PORT', ''],
  ['HOST', ''],
  ['WEIR_MODE', 'cloud'],
  ['RETRY_BACKOFF_BASE', '0.5'],
  ['RETRY_BACKOFF_BASE', '1e9'],
  ['DUCKDB_MEMORY', '512'],
  ['DUCKDB_MEMORY', '0MB'],
  ['DUCKDB_THREADS', '0'],
  ['BCRYPT_COST', '17'],
  ['RATE_LIMIT_KEY', 'off'],
  ['TRUST_PROXY_HOPS', 'true'],
])('refuses %s=%j', (name, value) => {
  expect(problemsOf({ [name]: value }).map((problem) => [problem.name, problem.value])).toEqual([[name, value]]);
});

describe('where WEIR_MODE=stack', () => {
  const needed = {
    WEIR_MODE: 'stack',
    DATABASE_URL: 'postgres://weir:secret@postgres:5432/weir',
    CLICKHOUSE_HOST: 'clickhouse',
    KAFKA_BROKERS: 'kafka-1:9092,kafka-2:9092',
    TEMPORAL_ADDRESS: 'temporal:7233',
  };

  it('reads where the parts are', () => {
    const { stack } = readConfig(root, {
      ...needed,
      CLICKHOUSE_PASSWORD: 'x',
      KEEPER_URL: 'http://keeper:9400/',
      BATCH_SIZE: '500',
    });
    expect(stack).toEqual({
      databaseUrl: 'postgres://weir:secret@postgres:5432/weir',
      clickhouse: { url: 'http://clickhouse:8123', user: 'default', password: 'x', database: 'weir' },
      kafka: { brokers: ['kafka-1:9092', 'kafka-2:9092'], ssl: false, login: null, partitions: 6, replication: 1 },
      temporal: { address: 'temporal:7233', namespace: 'default', taskQueue: 'weir', tls: false, apiKey: null },
      connectUrl: 'http://localhost:8083',
      keeper: { url: 'http://keeper:9400', port: 9400 },
      worker: { port: 9401, concurrency: 4, batchSize: 500 },
    });
  });

  it('reads how services that others run want to be spoken to', () => {
    const { stack } = readConfig(root, {
      ...needed,
      CLICKHOUSE_HOST: '::1',
      CLICKHOUSE_PORT: '8443',
      CLICKHOUSE_SSL: 'true',
      KAFKA_SSL: 'true',
      KAFKA_SASL_MECHANISM: 'scram-sha-512',
      KAFKA_USERNAME: 'weir',
      KAFKA_PASSWORD: 'secret',
      TEMPORAL_TLS: 'true',
      TEMPORAL_API_KEY: 'key',
    });
    expect(stack).toMatchObject({
      clickhouse: { url: 'https://[::1]:8443' },
      kafka: { ssl: true, login: { mechanism: 'scram-sha-512', username: 'weir', password: 'secret' } },
      temporal: { tls: true, apiKey: 'key' },
    });
  });

  it('names every variable that it needs and does not have', () => {
    const names = problemsOf({ WEIR_MODE: 'stack', DATABASE_URL: '' }).map(({ name }) => name);
    expect(names).toEqual(['DATABASE_URL', 'CLICKHOUSE_HOST', 'KAFKA_BROKERS', 'TEMPORAL_ADDRESS']);
    expect(problemsOf({ WEIR_MODE: 'stack' })[0]?.expected).toMatch(/postgres:\/\/.*: the stack needs it$/);
  });

  it.each([
    ['DATABASE_URL', 'mysql://x'],
    ['KAFKA_BROKERS', 'kafka'],
    ['KAFKA_BROKERS', 'kafka:9092,'],
    ['TEMPORAL_ADDRESS', 'http://temporal:7233'],
    ['CLICKHOUSE_PORT', '0'],
    ['CONNECT_URL', 'connect:8083'],
    ['KAFKA_SASL_MECHANISM', 'gssapi'],
    ['TEMPORAL_TLS', 'yes'],
    ['WORKER_CONCURRENCY', '0'],
    ['BATCH_SIZE', '1e4'],
  ])('refuses %s=%j', (name, value) => {
    expect(problemsOf({ ...needed, [name]: value }).map((problem) => problem.name)).toEqual([name]);
  });
});

describe('the .env of the project', () => {
  const dotEnv = (text: string) => writeFile(join(root, '.env'), text);

  it('fills in what the environment does not say', async () => {
    await dotEnv('# a comment\nPORT=9001\nLOG_FORMAT="json"\nCOVID_HISTORY=/data/*.csv\n');
    const config = readConfig(root, { PORT: '9002' });
    expect(config.api.port).toBe(9002);
    expect(config.log.format).toBe('json');
    expect(config.variable('COVID_HISTORY')).toBe('/data/*.csv');
  });

  it('is checked like the environment', async () => {
    await dotEnv('PORT=ninety\n');
    expect(problemsOf({}).map(({ name, value }) => [name, value])).toEqual([['PORT', 'ninety']]);
    expect(problemsOf({ PORT: '90' })).toEqual([]);
  });

  it('never reaches the environment of this process', async () => {
    await dotEnv('WEIR_ONLY_IN_THE_FILE=1\n');
    expect(readConfig(root, {}).variable('WEIR_ONLY_IN_THE_FILE')).toBe('1');
    expect(process.env.WEIR_ONLY_IN_THE_FILE).toBeUndefined();
  });
});

describe('a variable of a pipeline file', () => {
  it('is any of the environment, whether Weir reads it itself or not', () => {
    const { variable } = readConfig(root, { FLU_PAGE: 'https://example.org/flu', PORT: '1' });
    expect([variable('FLU_PAGE'), variable('PORT')]).toEqual(['https://example.org/flu', '1']);
  });

  it('that is empty counts as unset, so that its default holds', async () => {
    await writeFile(join(root, '.env'), 'EMPTY=\nOVERRIDDEN=from the file\n');
    const { variable } = readConfig(root, { BLANK: '', OVERRIDDEN: '' });
    expect([variable('EMPTY'), variable('BLANK'), variable('OVERRIDDEN'), variable('UNKNOWN')]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

it('cannot be changed once it is read, at any depth', () => {
  const config = readConfig(root, {});
  const parts: object[] = [config, config.api, config.api.rateLimits, config.engine, config.duckdb, config.log];
  for (const part of parts) expect(Object.isFrozen(part)).toBe(true);
  expect(() => Object.assign(config.api, { port: 2 })).toThrow(TypeError);
});
