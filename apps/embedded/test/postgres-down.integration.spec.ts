import { join } from 'node:path';
import { formatKey, generateKey } from '@weir/accounts';
import {
  connectPostgres,
  PostgresRunRepository,
  TypeOrmApiKeyRepository,
  TypeOrmUserRepository,
} from '@weir/adapter-postgres';
import { createApi, weirOpenApi, type LogEntry } from '@weir/api';
import { kinds } from '@weir/catalogue';
import { readConfig } from '@weir/config';
import { pipelineLookups, PipelinesService, RunsService, socketFolder } from '@weir/operations';
import { Metrics } from '@weir/telemetry';
import type { DataSource } from 'typeorm';
import { environment, FaultProxy, type TestFolder, testFolder } from '@weir/testing';
import { InlineWorker } from '../src/inline-worker.js';
import { takeOwnership, type Owner } from '../src/owner.js';

/**
 * Real: both engines, the API, HTTP. What the API asks of PostgreSQL goes through a proxy, which takes PostgreSQL away. Its
 * patience is short, so that the test is: it is not measured here.
 */
describe('the API while PostgreSQL is away', () => {
  const password = 'correct horse battery';
  const stopping = new AbortController();
  const log: LogEntry[] = [];
  let folder: TestFolder;
  let owner: Owner;
  let proxy: FaultProxy;
  let postgres: DataSource;
  let api: Awaited<ReturnType<typeof createApi>>;
  let address: string;
  /** Routes that need a key, with something in the place of their ids. */
  let secured: string[];

  beforeAll(async () => {
    folder = await testFolder();
    const config = readConfig(folder.path, environment(folder.home('home')));
    const root = join(import.meta.dirname, '../../..');
    owner = await takeOwnership({ ...config, root }, (entry) => log.push(entry), stopping.signal, true);
    const { system } = owner;
    proxy = new FaultProxy({ path: join(socketFolder(config.home), 'postgres.sock/.s.PGSQL.5432') });
    await proxy.start();
    postgres = await connectPostgres(
      {
        host: '127.0.0.1',
        port: proxy.port,
        user: 'postgres',
        password: 'postgres',
        database: 'postgres',
        poolSize: 1,
      },
      // Long enough for what must succeed on a busy machine: everything here shares one thread.
      { connect: 2_000, query: 2_000 },
    );
    const runs = new PostgresRunRepository(postgres);
    api = await createApi({
      users: new TypeOrmUserRepository(postgres),
      keys: new TypeOrmApiKeyRepository(postgres),
      incidence: system.incidence,
      runs: new RunsService(runs, system.raw, system.engine),
      pipelines: new PipelinesService(system.catalogue, runs, pipelineLookups(kinds.sources, system.store)),
      deadLetters: system.services.deadLetters,
      workers: new InlineWorker(system.engine, true),
      health: [{ name: 'postgres', check: async () => void (await postgres.query('SELECT 1')) }],
      readiness: () => ({ ready: true, waitingFor: null }),
      page: null,
      settings: { ...config.api, version: '0.0.0' },
      log: (entry) => log.push(entry),
      metrics: new Metrics({ version: '0.0.0', ofProcess: false }),
    });
    await api.listen(0, '127.0.0.1');
    address = await api.getUrl();
    secured = Object.entries(weirOpenApi(api).paths).flatMap(([path, { get }]) =>
      get?.security?.some((each) => 'x-key' in each) === true
        ? [path.replace(/\{[^}]+\}/g, '0b4f6c1e-6c1e-4f0e-9a53-0c8f6c1e0b4f')]
        : [],
    );
  });

  afterAll(async () => {
    stopping.abort();
    await api.close();
    await postgres.destroy();
    await proxy.stop();
    await owner.close();
    await folder.remove();
  });

  const get = (path: string, key?: string) =>
    fetch(`${address}${path}`, key === undefined ? {} : { headers: { 'x-key': key } });
  const post = (path: string, email: string) =>
    fetch(`${address}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });

  async function expectUnavailable(answer: Response): Promise<void> {
    const text = await answer.text();
    expect([answer.url, answer.status]).toEqual([answer.url, 503]);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(JSON.parse(text)).toEqual({
      type: 'urn:weir:problem:dependency_unavailable',
      title: expect.any(String),
      status: 503,
      detail: expect.any(String),
      code: 'dependency_unavailable',
      request_id: answer.headers.get('x-request-id'),
    });
    expect(text).not.toMatch(/127\.0\.0\.1|ECONN|SELECT|INSERT|api_keys|timeout|postgres\.sock|\.js/i);
  }

  it.each([
    ['refuses connections, and cuts those there are', () => proxy.set({ kind: 'refuse' })],
    ['takes connections and says nothing', () => proxy.set({ kind: 'stall' })],
  ])('answers 503 where PostgreSQL %s, and as before once it is back', async (name, takeAway) => {
    const email = `${name.replace(/\W/g, '')}@example.org`;
    const registered = (await (await post('/users', email)).json()) as { api_key: string };
    expect(secured.length).toBeGreaterThan(3);

    await takeAway();
    const unseen = formatKey(generateKey());
    for (const path of secured) await expectUnavailable(await get(path, unseen));
    for (const path of secured) await expectUnavailable(await get(path, registered.api_key));
    await expectUnavailable(await post('/users', 'new@example.org'));
    await expectUnavailable(await post('/users/key', email));
    await expectUnavailable(await post('/users/key', 'nobody@example.org'));
    // What is wrong without asking anybody stays so.
    for (const path of secured) {
      expect([(await get(path)).status, (await get(path, 'nonsense')).status]).toEqual([401, 401]);
    }
    expect((await post('/users', 'no address')).status).toBe(400);
    expect((await get('/health/live')).status).toBe(200);
    expect(await (await get('/health')).json()).toMatchObject({ dependencies: { postgres: { status: 'down' } } });
    // In parallel, too: whoever waits for a connection is not left waiting.
    const crowd = await Promise.all(Array.from({ length: 10 }, () => get('/users/me', unseen)));
    for (const answer of crowd) await expectUnavailable(answer);

    const before = proxy.connections;
    await proxy.set({ kind: 'pass' });
    const back = await get('/users/me', registered.api_key);
    expect([back.status, await back.json()]).toEqual([200, expect.objectContaining({ email })]);
    expect(proxy.connections).toBe(before + 1);
    expect((await get('/users/me', unseen)).status).toBe(401);
    expect((await post('/users', email)).status).toBe(409);
    expect((await post('/users', `after.${email}`)).status).toBe(201);
    expect((await post('/users/key', email)).status).toBe(200);
  });

  it('keeps a key that it knows from looking wrong while PostgreSQL is away', async () => {
    const { api_key } = (await (await post('/users', 'known@example.org')).json()) as { api_key: string };
    expect((await get('/users/me', api_key)).status).toBe(200);
    await proxy.set({ kind: 'refuse' });
    for (const path of secured) {
      const answer = await get(path, api_key);
      // For the seconds that the key is remembered, what does not need PostgreSQL is answered.
      expect([path, [200, 403, 404, 503].includes(answer.status)]).toEqual([path, true]);
      if (answer.status === 503) await expectUnavailable(answer);
    }
    await expectUnavailable(await get('/users/me', api_key));
    await proxy.set({ kind: 'pass' });
    expect((await get('/users/me', api_key)).status).toBe(200);
  });

  it('says in the log, and only there, what was the matter', () => {
    const errors = log.filter(({ event }) => event === 'dependency_unavailable').map(({ error }) => String(error));
    expect(errors.some((error) => error.includes('ECONNREFUSED'))).toBe(true);
    expect(errors.some((error) => /timeout/.test(error))).toBe(true);
    expect(log.filter(({ event }) => event === 'internal_error')).toEqual([]);
    expect(JSON.stringify(log)).not.toContain(password);
  });
});
