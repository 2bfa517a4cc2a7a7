import { once } from 'node:events';
import { Agent, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { Response } from 'express';
import { ServerAdapter } from './server.adapter.js';

describe('a server that stops', () => {
  async function answerTo(path: string, grace: number) {
    const adapter = new ServerAdapter(() => undefined, grace);
    adapter.initHttpServer();
    let finish = () => undefined as void;
    adapter.get('/endless', (_request: unknown, response: Response) => {
      function* endless() {
        for (;;) yield Buffer.alloc(64 * 1024);
      }
      Readable.from(endless()).pipe(response);
    });
    adapter.get('/nearly-done', (_request: unknown, response: Response) => {
      response.write('half');
      finish = () => void response.end(' and half');
    });
    const server = adapter.getHttpServer() as Server;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const agent = new Agent({ keepAlive: true });
    const [answer] = (await once(get({ host: '127.0.0.1', port, path, agent }), 'response')) as [IncomingMessage];
    return { adapter, answer, finish: () => finish() };
  }

  it('does not wait for a reader who takes nothing', async () => {
    const { adapter, answer } = await answerTo('/endless', 0);
    const broken = once(answer, 'error');
    answer.pause();
    await adapter.close();
    answer.resume();
    await expect(broken).resolves.toEqual([expect.objectContaining({ code: 'ECONNRESET' })]);
  });

  it('lets an answer end that is under way, and then waits for no other request', async () => {
    const { adapter, answer, finish } = await answerTo('/nearly-done', 600_000);
    const stopped = adapter.close();
    let text = '';
    answer.setEncoding('utf8').on('data', (part: string) => (text += part));
    finish();
    await Promise.all([once(answer, 'end'), stopped]);
    expect([text, answer.complete]).toEqual(['half and half', true]);
  });
});
