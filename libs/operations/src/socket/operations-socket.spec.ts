import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { WeirError } from '@weir/pipeline';
import type { Progress, Run } from '@weir/orchestration';
import { operationNames, type OperationName, type Operations, type RunDetails } from '../operations.js';
import { operationsClient } from './operations-client.js';
import { OperationsServer } from './operations-server.js';

/** Real: HTTP over a Unix socket in a folder of the test's own. */
let home: string;
let path: string;
const servers: OperationsServer[] = [];
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'weir-socket-'));
  path = join(home, 'weir.sock');
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  await rm(home, { recursive: true, force: true });
});

/** Operations of which some are there; another is a mistake of the test. */
async function serve(given: Partial<Operations>): Promise<OperationsServer> {
  const missing = async () => {
    throw new Error('this operation is not part of the test');
  };
  const all = Object.fromEntries(operationNames.map((name) => [name, given[name] ?? missing]));
  const server = new OperationsServer(all as unknown as Operations);
  await server.listen(path);
  servers.push(server);
  return server;
}

const run: Run = {
  run_id: 'r1',
  pipeline: 'covid',
  branch: 'backfill',
  status: 'succeeded',
  started_at: '2024-01-01T00:00:00.000Z',
  finished_at: '2024-01-01T00:00:01.000Z',
  counts: { extracted: 3, rejected: 0, published: 3 },
  warnings: [],
  error: null,
};
const details: RunDetails = { ...run, tasks: [] };
const progress = (done: number): Progress => ({
  run_id: 'r1',
  pipeline: 'covid',
  step: 'load_data',
  done,
  total: 2,
  unit: 'rows',
});

function post(name: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath: path, path: `/${name}`, method: 'POST' }, (answer) => resolve(text(answer)));
    sent.once('error', reject);
    sent.end(body);
  });
}

it('hands an operation its argument, and the caller its result, whatever text is in them', async () => {
  const seen: unknown[] = [];
  await serve({
    async runs(input) {
      seen.push(input);
      return [{ ...run, pipeline: 'line\nbreak \u2028 ünd \0' }];
    },
  });
  expect(await operationsClient(path).runs({ limit: 3 })).toEqual([{ ...run, pipeline: 'line\nbreak \u2028 ünd \0' }]);
  expect(seen).toEqual([{ limit: 3 }]);
});

it('tells the caller how far a run is while it goes on, and its end last', async () => {
  let goOn: () => void = () => undefined;
  const callerSawFirst = new Promise<void>((resolve) => (goOn = resolve));
  await serve({
    async run(_input, report) {
      report(progress(1));
      await callerSawFirst;
      report(progress(2));
      return details;
    },
  });
  const seen: Progress[] = [];
  const result = await operationsClient(path).run({ pipeline: 'covid', branch: null, only: null }, (each) => {
    seen.push(each);
    goOn();
  });
  expect(seen).toEqual([progress(1), progress(2)]);
  expect(result).toEqual(details);
});

it('gives a failure back as it was thrown: code, message, details, and whether to try again', async () => {
  const failure = new WeirError('unknown_pipeline', 'there is no pipeline flu', {
    retryable: true,
    details: { there: ['covid'] },
  });
  await serve({
    async run() {
      throw failure;
    },
    async health() {
      throw new TypeError('a surprise');
    },
  });
  const client = operationsClient(path);
  const request = { pipeline: 'flu', branch: null, only: null };
  await expect(client.run(request, () => undefined)).rejects.toBeInstanceOf(WeirError);
  await expect(client.run(request, () => undefined)).rejects.toMatchObject(failure.toFailure());
  await expect(client.health({})).rejects.toMatchObject({ code: 'internal_error', message: 'a surprise' });
});

it('answers many callers at once', async () => {
  await serve({ status: async ({ id }) => ({ ...details, run_id: id }) });
  const ids = Array.from({ length: 20 }, (_, n) => `r${n}`);
  const answers = await Promise.all(ids.map((id) => operationsClient(path).status({ id })));
  expect(answers.map(({ run_id }) => run_id)).toEqual(ids);
});

it('knows whether a caller is being served', async () => {
  let end: () => void = () => undefined;
  let began: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => (began = resolve));
  const ended = new Promise<void>((resolve) => (end = resolve));
  const server = await serve({
    async health() {
      began();
      await ended;
      return { status: 'ok', dependencies: {} };
    },
  });
  expect(server.busy).toBe(false);
  const answer = operationsClient(path).health({});
  await begun;
  expect(server.busy).toBe(true);
  end();
  await answer;
  expect(server.busy).toBe(false);
});

it.each(['nonsense', '', 'toString', '__proto__', 'run?x=1', '../run'])('refuses the operation %j', async (name) => {
  await serve({});
  const [line] = (await post(name, '{}')).trim().split('\n');
  expect(JSON.parse(line ?? '')).toMatchObject({ failure: { code: 'unknown_operation', retryable: false } });
});

it('answers an argument that is no JSON with a failure, and goes on', async () => {
  await serve({ runs: async () => [] });
  expect(JSON.parse(await post('runs', '{'))).toMatchObject({ failure: { code: expect.any(String) } });
  expect(await operationsClient(path).runs({ limit: 1 })).toEqual([]);
});

it('knows every operation of the port', async () => {
  const client = operationsClient(path);
  expect(Object.keys(client).sort()).toEqual([...operationNames].sort());
  await serve({ list: async () => [], migrateRun: async () => ['postgres/0001_accounts'] });
  expect(await client.list({})).toEqual([]);
  expect(await client.migrateRun({ dry_run: true })).toEqual(['postgres/0001_accounts']);
});

describe('the socket file', () => {
  it('is this user’s alone, and so is the folder that is made for it', async () => {
    path = join(home, 'deep/er/weir.sock');
    await serve({});
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(home, 'deep/er'))).mode & 0o777).toBe(0o700);
  });

  it('takes the place of one that a killed process left', async () => {
    await writeFile(path, 'left over');
    await serve({ list: async () => [] });
    expect(await operationsClient(path).list({})).toEqual([]);
  });
});

describe('nobody', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['is there', async () => undefined],
    ['listens at a file that was left', () => writeFile(path, '')],
    ['listens any more', async () => (await serve({})).close()],
  ])('%s: owner_unreachable, worth another try', async (_, arrange) => {
    await arrange();
    await expect(operationsClient(path).list({})).rejects.toMatchObject({
      code: 'owner_unreachable',
      message: expect.stringContaining(path),
      retryable: true,
    });
  });

  it('gets in without the right to', async () => {
    const folder = join(home, 'closed');
    await mkdir(folder);
    path = join(folder, 'weir.sock');
    await serve({ list: async () => [] });
    await chmod(path, 0o000);
    // root may open anything; anyone else may not.
    const answer = operationsClient(path).list({});
    if (process.getuid?.() === 0) expect(await answer).toEqual([]);
    else await expect(answer).rejects.toMatchObject({ code: 'owner_unreachable' });
  });
});

it('tells a caller that the owner has gone before it answered', async () => {
  let began: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => (began = resolve));
  const server = await serve({
    health: () => {
      began();
      return new Promise(() => undefined);
    },
    async run(_input, report) {
      report(progress(1));
      return new Promise(() => undefined);
    },
  });
  const client = operationsClient(path);
  const silent = client.health({}).catch((error: WeirError) => error.code);
  let reported: () => void = () => undefined;
  const seen = new Promise<void>((resolve) => (reported = resolve));
  const talking = client
    .run({ pipeline: 'covid', branch: null, only: null }, () => reported())
    .catch((error: WeirError) => [error.code, error.retryable]);
  await Promise.all([begun, seen]);
  await server.close();
  servers.length = 0;
  expect(await talking).toEqual(['owner_gone', true]);
  expect(await silent).toMatch(/^owner_(gone|unreachable)$/);
});

it('ends what a caller asked for who has gone, and goes on answering others', async () => {
  let ended: () => void = () => undefined;
  const runEnded = new Promise<void>((resolve) => (ended = resolve));
  let left: () => void = () => undefined;
  const callerLeft = new Promise<void>((resolve) => (left = resolve));
  const server = await serve({
    async run(_input, report) {
      report(progress(1));
      await callerLeft;
      for (let n = 0; n < 100; n += 1) report(progress(2));
      ended();
      return details;
    },
    list: async () => [],
  });
  const sent = request({ socketPath: path, path: '/run', method: 'POST' }, (answer) => {
    answer.once('data', () => sent.destroy());
    answer.once('close', left).on('error', () => undefined);
  });
  sent.on('error', () => undefined).end('{}');
  await runEnded;
  expect(await operationsClient(path).list({})).toEqual([]);
  expect(server.busy).toBe(false);
});

it('names operations only once', () => {
  expect(new Set<OperationName>(operationNames).size).toBe(operationNames.length);
});
