/**
 * The stack for tests and for developers, apart from one that may be running: its own project name, ports, volumes and images.
 *
 *     node tools/stack.mjs test [jest arguments]   everything: build, start, the suite `stack`, and down again, whatever happens
 *     node tools/stack.mjs up                      builds and starts, and says where it is; a suite can then run by itself:
 *     node tools/stack.mjs suite [jest arguments]  the suite against a stack that is up
 *     node tools/stack.mjs with COMMAND …          any command, told where the parts are: node tools/stack.mjs with node bench/stream/whole.mjs
 *     node tools/stack.mjs rules                   the tests of the alert rules
 *     node tools/stack.mjs down                    stops it and removes what it kept
 *     node tools/stack.mjs compose …               docker compose with the stack's files and names
 *
 * A spec (`*.stack.spec.ts`) finds the parts by the variables WEIR_TEST_… below, may run `docker compose …` in the project's
 * folder (COMPOSE_… name this stack), and puts the sources of `covid` into the folder WEIR_TEST_DATA, which is /data in the
 * containers. `test` ends with a line `N passed, N failed`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** Stand-ins of the images, for machines that reach no registry of images; elsewhere Docker fetches the real ones. */
const lab = join(root, '../shared/lab');
const standIns = [
  ...['debian', 'dockerfile', 'node', 'kafka', 'clickhouse-server', 'postgres'],
  ...['temporal-server', 'temporal-admin-tools', 'temporal-ui', 'prometheus'],
];
const archive = 'archive/clickhouse-kafka-connect-v1.5.0.zip';
/** Of this project alone, so that two stacks of one checkout do not take each other's sources away. */
const data = join(root, 'node_modules/.cache/weir-stack', process.env.COMPOSE_PROJECT_NAME ?? 'weir-ci', 'data');

const ports = {
  API_PORT: 18000,
  TEMPORAL_UI_PORT: 18080,
  PROMETHEUS_PORT: 19090,
  TEST_POSTGRES_PORT: 15432,
  TEST_KAFKA_PORT: 19094,
  TEST_CLICKHOUSE_PORT: 18123,
  TEST_TEMPORAL_PORT: 17233,
  TEST_CONNECT_PORT: 18083,
  TEST_KEEPER_PORT: 19400,
};
for (const name of Object.keys(ports)) ports[name] = process.env[name] ?? String(ports[name]);

/** What the stack is started with; a name that is set already stays as it is. */
const settings = {
  COMPOSE_PROJECT_NAME: 'weir-ci',
  COMPOSE_FILE: ['docker-compose.yml', 'docker-compose.test.yml'].join(process.platform === 'win32' ? ';' : ':'),
  COMPOSE_PROFILES: 'monitoring',
  WEIR_IMAGE: 'weir-ci:local',
  CONNECT_IMAGE: 'weir-ci-connect:local',
  ...ports,
  HISTORY_DIR: data,
  COVID_HISTORY: '/data/history/*.csv',
  COVID_PAGE_URL: '/data/page.html',
  BCRYPT_COST: '4',
  RATE_LIMIT_KEY: '0',
  RATE_LIMIT_ADDRESS: '0',
  RATE_LIMIT_ACCOUNT: '0',
  LOG_LEVEL: 'info',
  ...(existsSync(lab) ? { SINK_ARCHIVE: archive } : {}),
};
const passwords = {
  POSTGRES_PASSWORD: 'postgres-local',
  WEIR_DB_PASSWORD: 'weir-local',
  CLICKHOUSE_PASSWORD: 'weir-local',
};
const env = { ...settings, ...passwords, ...process.env };

/** Where a spec finds the parts. */
const addresses = {
  WEIR_TEST_API: `http://127.0.0.1:${ports.API_PORT}`,
  WEIR_TEST_TEMPORAL_UI: `http://127.0.0.1:${ports.TEMPORAL_UI_PORT}`,
  WEIR_TEST_PROMETHEUS: `http://127.0.0.1:${ports.PROMETHEUS_PORT}`,
  WEIR_TEST_KEEPER: `http://127.0.0.1:${ports.TEST_KEEPER_PORT}`,
  WEIR_TEST_CONNECT: `http://127.0.0.1:${ports.TEST_CONNECT_PORT}`,
  WEIR_TEST_KAFKA: `127.0.0.1:${ports.TEST_KAFKA_PORT}`,
  WEIR_TEST_TEMPORAL: `127.0.0.1:${ports.TEST_TEMPORAL_PORT}`,
  WEIR_TEST_CLICKHOUSE: `http://weir:${env.CLICKHOUSE_PASSWORD}@127.0.0.1:${ports.TEST_CLICKHOUSE_PORT}/weir`,
  WEIR_TEST_POSTGRES: `postgres://weir:${env.WEIR_DB_PASSWORD}@127.0.0.1:${ports.TEST_POSTGRES_PORT}/weir`,
  WEIR_TEST_POSTGRES_ADMIN: `postgres://postgres:${env.POSTGRES_PASSWORD}@127.0.0.1:${ports.TEST_POSTGRES_PORT}/postgres`,
  WEIR_TEST_DATA: data,
  // For specs that put something between the parts, and start the stack anew with a compose file of their own.
  WEIR_TEST_PROJECT: env.COMPOSE_PROJECT_NAME,
  WEIR_TEST_API_PORT: ports.API_PORT,
  WEIR_TEST_TEMPORAL_UI_PORT: ports.TEMPORAL_UI_PORT,
  WEIR_TEST_PROMETHEUS_PORT: ports.PROMETHEUS_PORT,
  WEIR_TEST_CLICKHOUSE_PORT: ports.TEST_CLICKHOUSE_PORT,
  WEIR_TEST_KEEPER_PORT: ports.TEST_KEEPER_PORT,
};

/** The signal that asked this program to stop, and what runs at the moment. */
let stopped;
let current;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    stopped ??= signal;
    // The whole group: what runs may have started others.
    if (current?.exitCode === null && current.pid !== undefined) process.kill(-current.pid, 'SIGTERM');
  });
}

/** Runs a program to its end and returns its exit status. `always`: also when this program was asked to stop. */
async function run(program, args, { more = {}, always = false } = {}) {
  if (stopped !== undefined && !always) throw new Error(`stopped by ${stopped}`);
  // A group of its own: Ctrl-C reaches this program only, which then takes everything down in order.
  const child = spawn(program, args, {
    cwd: root,
    env: { ...env, ...more },
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  if (!always) current = child;
  const status = await new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(`stack: ${program}: ${error.message}`);
      resolve(127);
    });
    child.once('close', (code, signal) => resolve(code ?? (signal === null ? 1 : 143)));
  });
  current = undefined;
  return status;
}

async function must(program, args, options) {
  const status = await run(program, args, options);
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: exit status ${status}`);
}

const compose = (...args) => must('docker', ['compose', ...args]);

/** Everything that a machine must have which has nothing yet. */
async function prepare() {
  if (!existsSync(lab)) return;
  if (!existsSync('/usr/bin/chromium')) {
    const quiet = { more: { DEBIAN_FRONTEND: 'noninteractive' } };
    await must('apt-get', ['update', '-qq'], quiet);
    await must('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet);
  }
  await must(join(lab, 'lab'), ['engine']);
  await must(join(lab, 'lab'), ['images', ...standIns]);
  if (!existsSync(join(root, 'kafka-connect', archive)))
    await must(join(lab, 'sink/build.sh'), [join(root, 'kafka-connect', archive)]);
}

async function up() {
  // Not later: npm ci would take away the folder of sources, which lies in node_modules.
  await must(process.execPath, [join(root, 'tools/prepare.mjs')]);
  await prepare();
  mkdirSync(data, { recursive: true });
  cpSync(join(root, 'pipelines/covid/sample'), data, { recursive: true });
  await compose('build');
  const started = Date.now();
  await compose('up', '--detach', '--wait', '--wait-timeout', '600');
  console.log(`stack: healthy after ${Math.round((Date.now() - started) / 1000)} s`);
  for (const [name, value] of Object.entries(addresses)) console.log(`${name}=${value}`);
}

/** Also what compose files of specs have added to the project. */
async function down() {
  await run('docker', ['compose', 'down', '--volumes', '--remove-orphans', '--timeout', '20'], { always: true });
  const ofProject = `label=com.docker.compose.project=${env.COMPOSE_PROJECT_NAME}`;
  const volumes = spawnSync('docker', ['volume', 'ls', '--quiet', '--filter', ofProject], { encoding: 'utf8' });
  const names = (volumes.stdout ?? '').split('\n').filter((name) => name !== '');
  if (names.length > 0) await run('docker', ['volume', 'rm', '--force', ...names], { always: true });
  rmSync(dirname(data), { recursive: true, force: true });
}

/** Specs use what is built, not only what is written. */
async function suite(args) {
  await must(process.execPath, [join(root, 'tools/build.mjs')]);
  return run(process.execPath, [join(root, 'tools/test.mjs'), 'stack', ...args], { more: addresses });
}

/** `promtool test rules`, in Prometheus' image. */
const rules = () =>
  run('docker', [
    ...['run', '--rm', '--volume', `${join(root, 'monitoring')}:/rules:ro`, '--entrypoint', 'promtool'],
    ...['prom/prometheus:v2.42.0', 'test', 'rules', '/rules/rules.test.yml'],
  ]);

/** The whole of it. Prints what the parts said where they did not come up. */
async function test(args) {
  let status;
  try {
    await down();
    try {
      await up();
    } catch (error) {
      await run('docker', ['compose', 'ps', '--all'], { always: true });
      await run('docker', ['compose', 'logs', '--no-color', '--tail', '60'], { always: true });
      throw error;
    }
    status = await suite(args);
    if (status !== 0) await run('docker', ['compose', 'logs', '--no-color', '--tail', '200'], { always: true });
  } catch (error) {
    console.error(`stack: ${error.message}`);
    if (status === undefined) console.log('0 passed, 1 failed');
    status = 1;
  } finally {
    await down();
  }
  return status;
}

const [verb = '', ...args] = process.argv.slice(2);
const verbs = {
  test: () => test(args),
  up: () => up().then(() => 0),
  suite: () => suite(args),
  with: () => run(args[0] ?? '', args.slice(1), { more: addresses }),
  rules: () => prepare().then(rules),
  down: () => down().then(() => 0),
  compose: () => run('docker', ['compose', ...args]),
};
if (verbs[verb] === undefined) {
  console.error(`usage: node tools/stack.mjs ${Object.keys(verbs).join('|')}`);
  process.exit(2);
}
try {
  const status = await verbs[verb]();
  process.exitCode = stopped === undefined ? status : 143;
} catch (error) {
  console.error(`stack: ${error.message}`);
  process.exitCode = 1;
}
