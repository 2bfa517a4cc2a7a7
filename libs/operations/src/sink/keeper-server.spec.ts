import { notLookedYet, type SinkReport } from './sink-report.js';
import { serveKeeper, type KeeperServer } from './keeper-server.js';

const ok: SinkReport = {
  ...notLookedYet,
  status: 'ok',
  reasons: [],
  dead_letters: { written: 9, kept: 3, not_replayed: 1, arrived: 0 },
};

let report: SinkReport;
let metrics: () => Promise<{ contentType: string; text: string }>;
let server: KeeperServer;
beforeEach(async () => {
  report = ok;
  metrics = async () => ({ contentType: 'text/plain; version=0.0.4', text: 'weir_ready 1\n' });
  server = await serveKeeper({ report: () => report, metrics: () => metrics() }, { host: '127.0.0.1', port: 0 });
});
afterEach(() => server.close());

async function get(path: string, method = 'GET') {
  const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, { method });
  const text = await answer.text();
  return { status: answer.status, type: answer.headers.get('content-type'), text };
}
const json = async (path: string): Promise<[number, unknown]> => {
  const { status, text } = await get(path);
  return [status, JSON.parse(text)];
};

it('answers 200 where the sink is ok, with how many letters are kept', async () => {
  expect(await json('/health')).toEqual([
    200,
    { status: 'ok', reasons: [], dead_letters: { kept: 3, not_replayed: 1 } },
  ]);
});

it.each(['degraded', 'down'] as const)('answers 503 where the sink is %s, with the reasons', async (status) => {
  report = { ...ok, status, reasons: [{ code: 'table_missing', message: 'No table.' }], dead_letters: null };
  expect(await json('/health')).toEqual([503, { status, reasons: [{ code: 'table_missing', message: 'No table.' }] }]);
});

it('lives also while the sink is down', async () => {
  report = notLookedYet;
  expect(await json('/health/live')).toEqual([200, { status: 'ok' }]);
});

it('gives the metrics, and no stack where they fail', async () => {
  expect(await get('/metrics')).toEqual({ status: 200, type: 'text/plain; version=0.0.4', text: 'weir_ready 1\n' });
  metrics = async () => Promise.reject(new Error('inside'));
  const { status, text } = await get('/metrics?x=1');
  expect(status).toBe(500);
  expect(text).not.toMatch(/inside| at /);
});

it('knows no other page and takes no other method', async () => {
  expect((await get('/connectors')).status).toBe(404);
  expect((await get('/health', 'POST')).status).toBe(405);
  expect((await get('/health', 'HEAD')).text).toBe('');
});

it('says that its port is taken', async () => {
  await expect(
    serveKeeper({ report: () => report, metrics }, { host: '127.0.0.1', port: server.port }),
  ).rejects.toMatchObject({
    code: 'cannot_listen',
    message: expect.stringMatching(/EADDRINUSE.*KEEPER_PORT/),
  });
});
