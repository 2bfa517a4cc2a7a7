import { EventEmitter, once } from 'node:events';
import { connect } from 'node:net';
import { MemoryIncidenceRepository } from '@weir/adapter-memory';
import { WeirError } from '@weir/pipeline';
import { createLog, type LogSettings } from '@weir/telemetry';
import { apiUnderTest } from '../../test/api-under-test.js';

/** Fails as a database does whose driver puts the connection's address into its messages. */
class Broken extends MemoryIncidenceRepository {
  override snapshot(): Promise<never> {
    const cause = Object.assign(
      new Error('connect clickhouse://weir:s3cr3t-in-cause@db:8123?password=s3cr3t-in-query'),
      {
        headers: { Authorization: 'Basic czNjcjN0', 'x-key': 's3cr3t-in-header' },
      },
    );
    return Promise.reject(new WeirError('query_failed', 'refused for user=weir password=s3cr3t-in-message', { cause }));
  }
}

/** The real API with a real log, whose lines end here. */
async function logging(settings: LogSettings, more: Parameters<typeof apiUnderTest>[0] = {}) {
  const texts: string[] = [];
  const written = new EventEmitter();
  const write = (text: string) => {
    texts.push(text);
    written.emit('line');
  };
  const api = await apiUnderTest({
    ...more,
    log: createLog(settings, { write, isTTY: settings.format === 'console' }),
  });
  const lines = () => texts.map((text) => JSON.parse(text) as { readonly [name: string]: unknown });
  /** The answer is there before its line is. */
  const requests = async (count: number) => {
    while (texts.filter((text) => /"event":"request"|request: | in \d+ ms/.test(text)).length < count) {
      await once(written, 'line');
    }
  };
  return { api, texts, lines, requests };
}

describe('the log of a request', () => {
  it('has its ids on every line, also behind the body and in what a service logs', async () => {
    const down = { name: 'postgres', check: () => Promise.reject(new Error('refused')) };
    const log = await logging({ level: 'debug', format: 'json' }, { incidence: new Broken(), health: [down] });
    const ids = { 'X-Request-Id': 'r-1', 'X-Correlation-Id': 'c-1' };
    const answer = await log.api.http.post('/users').set(ids).send({ email: 'ada@example.org', password: '12345678' });
    expect(answer.headers).toMatchObject({ 'x-request-id': 'r-1', 'x-correlation-id': 'c-1' });
    const key = (answer.body as { api_key: string }).api_key;
    await log.api.http
      .get('/covid/incidence')
      .set({ ...ids, 'x-key': key })
      .expect(500);
    await log.api.http.get('/health').set(ids).expect(503);
    await log.requests(3);
    expect(log.lines().map(({ event, request_id, correlation_id }) => [event, request_id, correlation_id])).toEqual([
      ['request', 'r-1', 'c-1'],
      ['internal_error', 'r-1', 'c-1'],
      ['request', 'r-1', 'c-1'],
      ['dependency_down', 'r-1', 'c-1'],
      ['request', 'r-1', 'c-1'],
    ]);
    await log.api.close();
  });

  it('makes ids of its own for who sends none, another for each', async () => {
    const log = await logging({ level: 'debug', format: 'json' });
    const first = await log.api.http.get('/health/live');
    const second = await log.api.http.get('/health/live');
    await log.requests(2);
    const ids = log.lines().map(({ correlation_id }) => correlation_id);
    expect(ids).toEqual([first.headers['x-correlation-id'], second.headers['x-correlation-id']]);
    expect(ids[0]).not.toBe(ids[1]);
    await log.api.close();
  });

  it('says what was asked, by whom, how it ended and why', async () => {
    const log = await logging({ level: 'info', format: 'json' });
    const key = await log.api.register();
    await log.api.http.get('/runs/1?limit=2').set('x-key', key).expect(403);
    await log.requests(2);
    expect(log.lines()[1]).toMatchObject({
      level: 'info',
      event: 'request',
      message: expect.stringMatching(/^GET \/runs\/1 403 in \d+ ms$/),
      method: 'GET',
      path: '/runs/1',
      route: '/runs/{run_id}',
      status: 403,
      code: 'missing_scope',
      key_id: key.split('_')[1],
    });
    await log.api.close();
  });

  it('says of a caller who went away before the answer that there was none', async () => {
    let asked: () => void = () => undefined;
    let answer: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => (asked = resolve));
    const hangs = {
      name: 'postgres',
      check: () => {
        asked();
        return new Promise<void>((resolve) => (answer = resolve));
      },
    };
    const log = await logging({ level: 'debug', format: 'json' }, { health: [hangs] });
    const { port } = new URL(await log.api.app.getUrl());
    const socket = connect(Number(port), '127.0.0.1', () => socket.write('GET /health HTTP/1.1\r\nHost: x\r\n\r\n'));
    await arrived;
    socket.destroy();
    await log.requests(1);
    expect(log.lines().find(({ event }) => event === 'request')).toMatchObject({ status: null, aborted: true });
    answer();
    await log.api.close();
  });
});

describe('secrets of a request', () => {
  it.each(['json', 'text', 'console'] as const)('are in no line of the log as %s', async (format) => {
    const log = await logging({ level: 'trace', format }, { incidence: new Broken() });
    const { http } = log.api;
    const password = 's3cr3t-in-body';
    const key = await log.api.register();
    const wrongKey = `${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`;
    const asked = [
      http.post('/users').send({ email: 'eve@example.org', password }),
      http.post('/users').send({ email: 'eve@example.org', password }),
      http.post('/users/key').send({ email: 'eve@example.org', password: 's3cr3t-in-wrong-body' }),
      http
        .post('/users')
        .set('Content-Type', 'application/json')
        .send('{"email":"x","password":"s3cr3t-in-broken-body'),
      http
        .post('/users?password=s3cr3t-in-query')
        .send({ email: 'eve@example.org', password, token: 's3cr3t-in-field' }),
      http.get('/covid/incidence?token=s3cr3t-in-query').set('x-key', key),
      http.get('/covid/incidence').set('x-key', key).set('Cookie', 'session=s3cr3t-in-cookie'),
      http.get('/covid/regions').set('x-key', wrongKey).set('Authorization', 'Bearer s3cr3t-in-header'),
      http.get(`/runs/${key}`).set('x-key', key),
      http.get(`/nowhere/${wrongKey}`),
      http.get('/nowhere/postgres%3A%2F%2Fada%3As3cr3t-in-path%40db'),
      http.get('/nowhere/password=s3cr3t-in-path/%22x-key%22%3A%22s3cr3t-in-path%22'),
      http.get('/health/live').set('X-Request-Id', `token=s3cr3t-in-id`).set('X-Correlation-Id', key),
    ];
    const statuses: number[] = [];
    for (const each of asked) statuses.push((await each).status);
    expect(statuses).toEqual([201, 409, 401, 400, 400, 400, 500, 401, 403, 404, 404, 404, 200]);
    await log.requests(1 + asked.length);
    const all = log.texts.join('');
    expect(all).not.toMatch(/s3cr3t|czNjcjN0/);
    // The key's id may be seen; nothing of its secret, of which eight characters would do.
    const [, id = '', secret = ''] = key.split('_');
    expect(all).toContain(`weir_${id}_[redacted]`);
    expect(all).not.toContain(secret.slice(0, 8));
    expect(all).not.toContain(secret.slice(-8));
    // What is left says enough.
    expect(all).toContain('query_failed');
    expect(all).toContain('db:8123');
    await log.api.close();
  });
});
