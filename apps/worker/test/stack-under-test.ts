import { execFile, type ExecFileException } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createWeirClient, type Answer, type WeirClient } from '@weir/client';
import { eventually, RemoteFaultProxy } from '@weir/testing';

export type Run = Answer<'get', '/runs/{run_id}'>;
export type Health = Answer<'get', '/health'>;

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** What tools/stack.mjs says of the stack that it brought up. */
function told(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run this by node tools/stack.mjs suite, or test`);
  return value;
}

/** The stack's name among those of this machine. */
export const project = told('WEIR_TEST_PROJECT');
const proxyPort = process.env['TEST_PROXY_PORT'] ?? '18900';
/** Sources, which containers see as /data; and, for tests of faults, all the pipelines that there are. */
export const data = told('WEIR_TEST_DATA');
export const pipelines = join(dirname(data), 'pipelines');
export const api = told('WEIR_TEST_API');

interface Said {
  readonly stdout: string;
  readonly stderr: string;
}

interface Order {
  /** Variables of the environment, for this one. */
  readonly more?: NodeJS.ProcessEnv;
  readonly input?: string;
  /** Exit statuses that are no failure. */
  readonly statuses?: readonly number[];
}

/** @throws Error with all that the program said. */
function execute(program: string, args: readonly string[], { more, input, statuses = [0] }: Order): Promise<Said> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, TEST_PIPELINES: pipelines, TEST_PROXY_PORT: proxyPort, ...more };
    const options = { cwd: root, env, maxBuffer: 64e6 };
    const child = execFile(program, args, options, (error: ExecFileException | null, stdout, stderr) => {
      if (statuses.includes(error === null ? 0 : Number(error.code))) resolve({ stdout, stderr });
      else reject(new Error(`${program} ${args.join(' ')} ended with ${error?.code}:\n${stdout}${stderr}`));
    });
    child.stdin?.end(input);
  });
}

export function docker(...args: readonly string[]): Promise<Said> {
  return execute('docker', args, {});
}

const PLAIN = ['docker-compose.yml', 'docker-compose.test.yml'];
const WITH_FAULTS = [...PLAIN, 'docker-compose.faults.yml'];
/** Which files make the stack of this spec; other specs of the project may make it of others. */
let files: readonly string[] = PLAIN;

export function compose(args: readonly string[], order: Order = {}): Promise<Said> {
  const named = files.flatMap((file) => ['--file', file]);
  return execute('docker', ['compose', '--project-name', project, ...named, ...args], order);
}

export interface Wanted {
  readonly workers?: number;
  /** That everything is healthy. */
  readonly seconds?: number;
}

/** Brings everything up that is not up, or is not as the compose files of this spec say, and waits until it is healthy. */
export async function up({ workers = 1, seconds = 240 }: Wanted = {}): Promise<void> {
  // Not with --wait, for which a job that ended well is a failure.
  await compose(['up', '--detach', '--scale', `worker=${workers}`]);
  await untilHealthy(seconds);
}

/** After a test: mends ways, starts what was stopped or killed, and waits until all is as before. Quicker than up(), which does every job again. */
export async function restore(seconds = 120): Promise<void> {
  for (const proxy of Object.values(proxies)) await proxy.set({ kind: 'pass' });
  const stopped = (await containers()).filter(({ state }) => state !== 'running');
  for (const { state, id } of stopped) await docker(state === 'paused' ? 'unpause' : 'start', id);
  await untilHealthy(seconds);
}

async function untilHealthy(seconds: number): Promise<void> {
  let sick: readonly Container[] = [];
  await eventually(
    'the whole stack healthy',
    seconds,
    async () => {
      sick = (await containers()).filter(
        ({ state, health: how }) => state !== 'running' || !['healthy', ''].includes(how),
      );
      return sick.length === 0;
    },
    () => sick.map(({ name, state, health: how }) => [name, state, how]),
  );
  await eventually('the API ready', 60, async () => (await fetch(`${api}/health/ready`)).ok);
}

/** The same for tests of faults: with the proxy, and with the project's own pipelines and no other. */
export async function upWithFaults(wanted?: Wanted): Promise<void> {
  files = WITH_FAULTS;
  mkdirSync(pipelines, { recursive: true });
  // What is mounted is this folder itself: only what is in it may be replaced.
  for (const name of readdirSync(pipelines)) rmSync(join(pipelines, name), { recursive: true });
  cpSync(join(root, 'pipelines'), pipelines, { recursive: true });
  await up(wanted);
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
export async function weir<T>(args: readonly string[], order: Pick<Order, 'statuses'> = {}): Promise<T> {
  const { stdout } = await compose(['exec', '-T', 'api', 'weir', ...args, '--json'], order);
  return JSON.parse(stdout) as T;
}

export const proxies = {
  /** Between Connect or the keeper and ClickHouse. */
  clickhouse: new RemoteFaultProxy(`http://127.0.0.1:${proxyPort}`, 'clickhouse'),
  /** Between workers and the broker. */
  kafka: new RemoteFaultProxy(`http://127.0.0.1:${proxyPort}`, 'kafka'),
};

let key: Promise<string> | undefined;

/** A key for figures and pipelines. */
export function operatorKey(): Promise<string> {
  const email = `operator-${process.pid}-${Date.now()}@example.org`;
  key ??= weir<{ api_key: string }>(['keys', 'create', '--email', email, '--scopes', 'data,pipelines']).then(
    ({ api_key }) => api_key,
  );
  return key;
}

/** A client with that key; refusals are not waited out, because tests are about them. */
export async function operator(): Promise<WeirClient> {
  return createWeirClient({ baseUrl: api, key: await operatorKey(), retry: false });
}

/** A statement for ClickHouse itself, past the proxy. @returns its answer as text. */
export async function clickhouse(sql: string): Promise<string> {
  const { username, password, origin, pathname } = new URL(told('WEIR_TEST_CLICKHOUSE'));
  const answer = await fetch(`${origin}/?database=${pathname.slice(1)}`, {
    method: 'POST',
    headers: { 'x-clickhouse-user': username, 'x-clickhouse-key': password },
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

/** Codes of what the keeper says is wrong with the sink now. */
export async function sinkReasons(): Promise<string[]> {
  const answer = await fetch(`${told('WEIR_TEST_KEEPER')}/health`);
  return ((await answer.json()) as { reasons: { code: string }[] }).reasons.map(({ code }) => code);
}

/** Nothing is wrong with the sink now. That it refused something minutes ago it says for a while. */
export async function sinkIsWell(): Promise<boolean> {
  return (await sinkReasons()).every((code) => code === 'dead_letters');
}

/** The value of a metric of the keeper, by its series as the text format writes it; undefined where there is none. */
export async function keeperMetric(series: string): Promise<number | undefined> {
  const text = await (await fetch(`${told('WEIR_TEST_KEEPER')}/metrics`)).text();
  const line = text.split('\n').find((each) => each.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

/** Names of the alerts whose expression is true now, be it that they still wait (`for`) or fire. */
export async function alerts(): Promise<string[]> {
  const answer = await fetch(`${told('WEIR_TEST_PROMETHEUS')}/api/v1/alerts`);
  const { data } = (await answer.json()) as { data: { alerts: { labels: { alertname: string } }[] } };
  return data.alerts.map(({ labels }) => labels.alertname);
}
