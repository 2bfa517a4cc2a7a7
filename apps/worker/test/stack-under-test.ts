import { execFile, type ExecFileException } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createWeirClient, type Answer, type WeirClient } from '@weir/client';
import { RemoteFaultProxy } from '@weir/testing';
import { eventually } from './eventually.js';

export type Run = Answer<'get', '/runs/{run_id}'>;
export type Health = Answer<'get', '/health'>;

const root = fileURLToPath(new URL('../../..', import.meta.url));
const set = (name: string, fallback: string) => process.env[name] ?? fallback;

/**
 * Where the stack under test is; whoever starts the suite may say so. Spec files run one after the other, each in a
 * process of its own, and find the stack that the first of them brought up.
 */
const project = set('WEIR_TEST_PROJECT', 'weir-faults');
/** Pipelines and their sources, as containers see them too: not the temporary folder itself, which only its maker may read. */
export const folder = set('WEIR_TEST_FOLDER', join(tmpdir(), project));
export const ports = {
  api: set('WEIR_TEST_API_PORT', '18000'),
  temporalUi: set('WEIR_TEST_TEMPORAL_UI_PORT', '18080'),
  prometheus: set('WEIR_TEST_PROMETHEUS_PORT', '18090'),
  clickhouse: set('WEIR_TEST_CLICKHOUSE_PORT', '18123'),
  proxy: set('WEIR_TEST_PROXY_PORT', '18900'),
  keeper: set('WEIR_TEST_KEEPER_PORT', '18940'),
};

/** Of the whole stack, beyond a machine's own environment: what differs from one that is used. */
const environment: NodeJS.ProcessEnv = {
  ...process.env,
  COMPOSE_PROFILES: 'monitoring',
  FAULTS_FOLDER: folder,
  FAULTS_CLICKHOUSE_PORT: ports.clickhouse,
  FAULTS_PROXY_PORT: ports.proxy,
  FAULTS_KEEPER_PORT: ports.keeper,
  API_PORT: ports.api,
  TEMPORAL_UI_PORT: ports.temporalUi,
  PROMETHEUS_PORT: ports.prometheus,
  // Tests ask more often than people, and do not test passwords.
  RATE_LIMIT_KEY: '0',
  RATE_LIMIT_ADDRESS: '0',
  RATE_LIMIT_ACCOUNT: '0',
  BCRYPT_COST: '4',
};

interface Said {
  readonly stdout: string;
  readonly stderr: string;
}

/** @throws Error with all that the program said. */
function execute(program: string, args: readonly string[], more: NodeJS.ProcessEnv, input?: string): Promise<Said> {
  return new Promise((resolve, reject) => {
    const options = { cwd: root, env: { ...environment, ...more }, maxBuffer: 64e6 };
    const child = execFile(program, args, options, (error: ExecFileException | null, stdout, stderr) => {
      if (error === null) resolve({ stdout, stderr });
      else reject(new Error(`${program} ${args.join(' ')} ended with ${error.code}:\n${stdout}${stderr}`));
    });
    child.stdin?.end(input);
  });
}

export function docker(...args: readonly string[]): Promise<Said> {
  return execute('docker', args, {});
}

/** @param more variables of the environment, for this one command. */
export function compose(args: readonly string[], more: NodeJS.ProcessEnv = {}, input?: string): Promise<Said> {
  const files = ['docker-compose.yml', 'docker-compose.faults.yml'].flatMap((file) => ['--file', file]);
  return execute('docker', ['compose', '--project-name', project, ...files, ...args], more, input);
}

/** Brings everything up that is not up, and waits until it is healthy. @param seconds for a start from nothing. */
export async function up({ workers = 1, seconds = 240 } = {}): Promise<void> {
  for (const path of [folder, join(folder, 'pipelines'), join(folder, 'data')]) {
    mkdirSync(path, { recursive: true });
    chmodSync(path, 0o755);
  }
  // A job that ended well makes `--wait` fail with 1, which docker calls right: what counts is asked for below.
  await compose(['up', '--detach', '--scale', `worker=${workers}`]);
  await eventually('the whole stack healthy', seconds, async () => {
    const sick = (await containers()).filter(
      ({ state, health }) => state !== 'running' || health === 'starting' || health === 'unhealthy',
    );
    return sick.length === 0;
  });
  await eventually('the API ready', 60, async () => (await fetch(`${api}/health/ready`)).ok);
}

export interface Container {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  readonly state: string;
  readonly health: string;
  readonly exit: number;
}

/** The containers of the services, or of one of them; without jobs that ended well. */
export async function containers(service?: string): Promise<Container[]> {
  const { stdout } = await compose(['ps', '--all', '--no-trunc', '--format', 'json', ...(service ? [service] : [])]);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map(
      (line) =>
        JSON.parse(line) as {
          ID: string;
          Name: string;
          Service: string;
          State: string;
          Health: string;
          ExitCode: number;
        },
    )
    .map(({ ID, Name, Service, State, Health, ExitCode }) => ({
      id: ID,
      name: Name,
      service: Service,
      state: State,
      health: Health,
      exit: ExitCode,
    }))
    .filter(({ state, exit, service: of }) => !(state === 'exited' && exit === 0 && JOBS.includes(of)));
}

const JOBS = ['migrate', 'temporal-schema', 'temporal-namespace'];

/** `weir …` as an operator of the stack types it. @returns what it says with --json. */
export async function weir<T>(...args: readonly string[]): Promise<T> {
  const { stdout } = await compose(['exec', '-T', 'api', 'weir', ...args, '--json']);
  return JSON.parse(stdout) as T;
}

export const api = `http://127.0.0.1:${ports.api}`;
export const proxies = {
  /** Between Connect or the keeper and ClickHouse. */
  clickhouse: new RemoteFaultProxy(`http://127.0.0.1:${ports.proxy}`, 'clickhouse'),
  /** Between workers and the broker. */
  kafka: new RemoteFaultProxy(`http://127.0.0.1:${ports.proxy}`, 'kafka'),
};

let client: Promise<WeirClient> | undefined;

/** A client with a key for figures and pipelines; refusals are not waited out, because tests are about them. */
export function operator(): Promise<WeirClient> {
  client ??= weir<{ api_key: string }>(
    'keys',
    'create',
    '--email',
    `operator-${createHash('sha256').update(`${process.pid} ${Date.now()}`).digest('hex').slice(0, 12)}@example.org`,
    '--scopes',
    'data,pipelines',
  ).then(({ api_key }) => createWeirClient({ baseUrl: api, key: api_key, retry: false }));
  return client;
}

/** A statement for ClickHouse itself, past the proxy. @returns its answer as text. */
export async function clickhouse(sql: string): Promise<string> {
  const query = new URLSearchParams({ database: 'weir' }).toString();
  const answer = await fetch(`http://127.0.0.1:${ports.clickhouse}/?${query}`, {
    method: 'POST',
    headers: {
      'x-clickhouse-user': set('CLICKHOUSE_USER', 'weir'),
      'x-clickhouse-key': set('CLICKHOUSE_PASSWORD', 'weir-local'),
    },
    body: sql,
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`ClickHouse answered ${answer.status}: ${text}`);
  return text;
}

export async function clickhouseNumber(sql: string): Promise<number> {
  return Number(await clickhouse(sql));
}

/** How things are, as `GET /health` says it, also when that is 503. */
export async function health(): Promise<Health> {
  return (await (await fetch(`${api}/health`)).json()) as Health;
}

/** The value of a metric of the keeper, by its series as the text format writes it; undefined where there is none. */
export async function keeperMetric(series: string): Promise<number | undefined> {
  const text = await (await fetch(`http://127.0.0.1:${ports.keeper}/metrics`)).text();
  const line = text.split('\n').find((each) => each.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

/** Names of the alerts whose expression is true now, be it that they still wait (`for`) or fire. */
export async function alerts(): Promise<string[]> {
  const answer = await fetch(`http://127.0.0.1:${ports.prometheus}/api/v1/alerts`);
  const { data } = (await answer.json()) as { data: { alerts: { labels: { alertname: string } }[] } };
  return data.alerts.map(({ labels }) => labels.alertname);
}
