import { ApiProcess, endAll, nowhere } from './api-process.js';

/** Real: the program. Nothing that it needs is there. */
afterEach(endAll);

const json = { 'content-type': 'application/json' };
const body = JSON.stringify({ email: 'ada@example.org', password: 'correct horse' });

it('serves while everything is away, says what it waits for, and stops in order', async () => {
  const api = new ApiProcess(nowhere);
  const address = await api.address();
  expect((await fetch(`${address}/health/live`)).status).toBe(200);
  const ready = await fetch(`${address}/health/ready`);
  expect(ready.status).toBe(503);
  expect(await ready.json()).toMatchObject({
    code: 'not_ready',
    detail: expect.stringMatching(/PostgreSQL|ClickHouse/),
  });
  const waiting = await api.until('api_waiting');
  expect(waiting).toMatchObject({ level: 'warn', message: expect.stringMatching(/waits for (PostgreSQL|ClickHouse)/) });

  const health = await fetch(`${address}/health`);
  expect(health.status).toBe(503);
  const { status, dependencies } = (await health.json()) as {
    status: string;
    dependencies: { [name: string]: { status: string } };
  };
  expect(status).toBe('down');
  expect(Object.keys(dependencies)).toEqual(['postgres', 'clickhouse', 'kafka', 'temporal', 'sink']);
  for (const each of Object.values(dependencies)) expect(each.status).toBe('down');

  const refused = await fetch(`${address}/users`, { method: 'POST', headers: json, body });
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({ code: 'dependency_unavailable' });
  const withKey = await fetch(`${address}/runs`, {
    headers: { 'x-key': 'weir_00000000_0000000000000000000000000000000000000000000_00000000' },
  });
  expect([401, 503]).toContain(withKey.status);

  expect(await api.end('SIGTERM')).toBe(0);
  expect(api.log.map(({ event }) => event)).toContain('api_stopped');
  expect(api.said).not.toContain('hunter2');
});

it('refuses to start outside of the stack, and says what does', async () => {
  const api = new ApiProcess({ WEIR_MODE: 'embedded' });
  expect(await api.ended).toBe(2);
  expect(api.said).toMatch(/WEIR_MODE.*npm start/s);
});

it('names all that the environment lacks', async () => {
  const api = new ApiProcess({ WEIR_MODE: 'stack' });
  expect(await api.ended).toBe(2);
  for (const name of ['DATABASE_URL', 'CLICKHOUSE_HOST', 'KAFKA_BROKERS', 'TEMPORAL_ADDRESS']) {
    expect(api.said).toContain(name);
  }
});

it('says which port it cannot have', async () => {
  const first = new ApiProcess(nowhere);
  const { port } = new URL(await first.address());
  const second = new ApiProcess({ ...nowhere, PORT: port });
  expect(await second.ended).toBe(1);
  expect(second.said).toContain(`Port ${port}`);
});
