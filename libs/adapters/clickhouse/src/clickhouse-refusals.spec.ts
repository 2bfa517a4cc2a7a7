import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connectClickHouse, pingClickHouse, type ClickHouseClient } from './clickhouse.js';
import { ClickHouseSinkStore } from './clickhouse-sink-store.js';

/** Real: the client. The server answers every query with one of ClickHouse's exceptions, in ClickHouse's words. */
describe('a ClickHouse that refuses', () => {
  let server: Server;
  let client: ClickHouseClient;
  let refusal: { readonly status: number; readonly code: number; readonly text: string };

  beforeAll(async () => {
    server = createServer((request, response) => {
      const { status, code, text } = refusal;
      request.resume();
      response
        .writeHead(status, { 'x-clickhouse-exception-code': String(code) })
        .end(`Code: ${code}. DB::Exception: ${text} (version 26.3)\n`);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    client = connectClickHouse({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  });

  afterAll(async () => {
    await client.close();
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });

  it.each([
    ['a table that is missing', 404, 60, 'Unknown table t. (UNKNOWN_TABLE)', 'table_missing'],
    ['a database that is missing', 404, 81, 'Database weir does not exist. (UNKNOWN_DATABASE)', 'table_missing'],
    ['a wrong password', 403, 516, 'weir: Authentication failed. (AUTHENTICATION_FAILED)', 'login_refused'],
    ['a full disk', 500, 243, 'Cannot reserve 1.00 MiB. (NOT_ENOUGH_SPACE)', 'insert_refused'],
  ])('for %s is waited for until somebody has mended it', async (_, status, code, text, problem) => {
    refusal = { status, code, text };
    await expect(pingClickHouse(client)).rejects.toMatchObject({
      code: 'dependency_unavailable',
      retryable: true,
      message: expect.not.stringContaining('DB::Exception'),
    });
    expect((await new ClickHouseSinkStore(client).look()).problem?.code).toBe(problem);
  });

  it('for a query that is wrong is not asked again', async () => {
    refusal = { status: 400, code: 62, text: 'Syntax error. (SYNTAX_ERROR)' };
    await expect(pingClickHouse(client)).rejects.toMatchObject({ code: 'query_failed', retryable: false });
  });
});
