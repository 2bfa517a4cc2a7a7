import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connectClient, type ConnectClient } from './index.js';

interface Request {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

let server: Server;
let client: ConnectClient;
/** Gives up soon. */
let hasty: ConnectClient;
let requests: Request[];
let answers: { [request: string]: (response: ServerResponse) => void };

const say = (status: number, body?: unknown) => (response: ServerResponse) =>
  void response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(body === undefined ? undefined : JSON.stringify(body));

beforeEach(async () => {
  requests = [];
  answers = {};
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  client = connectClient(url, { timeoutMs: 20_000 });
  hasty = connectClient(url, { timeoutMs: 200 });
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let text = '';
  for await (const part of request) text += String(part);
  const [method = '', path = ''] = [request.method, request.url];
  requests.push({ method, path, body: text === '' ? undefined : JSON.parse(text) });
  const known = answers[`${method} ${path}`];
  if (known) known(response);
  else say(404, { error_code: 404, message: 'Not found' })(response);
}

const pluginClass = 'com.clickhouse.kafka.connect.ClickHouseSinkConnector';
const config = { 'connector.class': pluginClass, topics: 'incidence' };
const validate = `PUT /connector-plugins/${pluginClass}/config/validate`;
const field = (name: string, ...errors: string[]) => ({ value: { name, errors } });

it('lists connectors as they were declared, with how they are; one without a status yet too', async () => {
  const status = { name: 'a', connector: { state: 'RUNNING', worker_id: 'w' }, tasks: [] };
  answers['GET /connectors?expand=info&expand=status'] = say(200, {
    a: { status, info: { name: 'a', config: { ...config, name: 'a' } } },
    b: { info: { config } },
  });
  expect(await client.connectors()).toEqual([
    { name: 'a', config, status },
    { name: 'b', config, status: null },
  ]);
});

describe('a configuration', () => {
  beforeEach(() => {
    answers['GET /connector-plugins'] = say(200, [{ class: pluginClass, type: 'sink', version: '1.5.0' }]);
    answers[validate] = say(200, { error_count: 0, configs: [field('topics'), field('port')] });
    answers['PUT /connectors/incidence-sink/config'] = say(201, {});
  });

  it('is validated, then put', async () => {
    await client.configure('incidence-sink', config);
    expect(requests.slice(1)).toEqual([
      { method: 'PUT', path: validate.slice(4), body: { ...config, name: 'incidence-sink' } },
      { method: 'PUT', path: '/connectors/incidence-sink/config', body: config },
    ]);
  });

  it('that Connect refuses is not put; each field says why', async () => {
    answers[validate] = say(200, {
      error_count: 2,
      configs: [field('port', 'Not a number of type INT'), field('topics'), field('hostname', 'Missing', 'Empty')],
    });
    await expect(client.configure('incidence-sink', config)).rejects.toMatchObject({
      code: 'connector_config_refused',
      retryable: false,
      message: expect.stringContaining('incidence-sink: port: Not a number of type INT; hostname: Missing'),
      details: {
        errors: [
          { field: 'port', message: 'Not a number of type INT' },
          { field: 'hostname', message: 'Missing' },
          { field: 'hostname', message: 'Empty' },
        ],
      },
    });
    expect(requests.filter(({ path }) => path.startsWith('/connectors/'))).toEqual([]);
  });

  it('that is refused only when it is put says so as well', async () => {
    answers['PUT /connectors/incidence-sink/config'] = say(400, { error_code: 400, message: 'no such policy' });
    await expect(client.configure('incidence-sink', config)).rejects.toMatchObject({
      code: 'connector_config_refused',
      message: expect.stringContaining('no such policy'),
    });
  });

  it('for which no worker has the class is refused', async () => {
    answers['GET /connector-plugins'] = say(200, []);
    await expect(client.configure('incidence-sink', config)).rejects.toMatchObject({
      code: 'connector_config_refused',
      details: { errors: [{ field: 'connector.class', message: expect.stringContaining(pluginClass) }] },
    });
  });
});

it('restarts what failed, tasks too, and nothing else', async () => {
  answers['POST /connectors/a%2Fb/restart?includeTasks=true&onlyFailed=true'] = say(202, {});
  await client.restartFailed('a/b');
  expect(requests).toHaveLength(1);
});

it('takes an answer without a body for what it is', async () => {
  answers['PUT /connectors/a/pause'] = say(202);
  answers['PUT /connectors/a/resume'] = say(202);
  answers['DELETE /connectors/a'] = say(204);
  await client.pause('a');
  await client.resume('a');
  await client.remove('a');
  expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'PUT /connectors/a/pause',
    'PUT /connectors/a/resume',
    'DELETE /connectors/a',
  ]);
});

it('finds removed what is not there, but cannot pause it', async () => {
  await client.remove('none');
  await expect(client.pause('none')).rejects.toMatchObject({ code: 'connector_unknown', retryable: false });
});

describe('is worth another try, where', () => {
  const unavailable = (message: string | RegExp) => ({
    code: 'dependency_unavailable',
    retryable: true,
    message: expect.stringMatching(message),
    details: { dependency: 'connect' },
  });

  it.each([409, 500, 503])('it answers %i', async (status) => {
    answers['GET /connector-plugins'] = say(status, { error_code: status, message: 'a rebalance is in progress' });
    await expect(client.hasPlugin('x')).rejects.toMatchObject(unavailable(`${status}: a rebalance`));
  });

  it('it has no pages yet', async () => {
    await expect(client.connectors()).rejects.toMatchObject(unavailable('still starting'));
  });

  it('it does not answer in time', async () => {
    answers['GET /connector-plugins'] = () => undefined;
    await expect(hasty.hasPlugin('x')).rejects.toMatchObject(unavailable('no answer within 200 ms'));
  });

  it('it stops in the middle of its answer', async () => {
    answers['GET /connector-plugins'] = (response) => void response.writeHead(200).write('[{"cl');
    await expect(hasty.hasPlugin('x')).rejects.toMatchObject(unavailable('no answer within 200 ms'));
  });

  it('it hangs up', async () => {
    answers['GET /connector-plugins'] = (response) => void response.destroy();
    await expect(client.hasPlugin('x')).rejects.toMatchObject(unavailable(/UND_ERR_SOCKET|ECONNRESET|broke/));
  });

  it('somebody else answers', async () => {
    answers['GET /connector-plugins'] = (response) => void response.writeHead(200).end('<html>');
    await expect(client.hasPlugin('x')).rejects.toMatchObject(unavailable('no JSON'));
  });

  it('nobody is there', async () => {
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    await expect(connectClient(`http://127.0.0.1:${port}`).connectors()).rejects.toMatchObject(
      unavailable('ECONNREFUSED'),
    );
    await new Promise<void>((resolve) => server.listen(0, resolve));
  });
});
