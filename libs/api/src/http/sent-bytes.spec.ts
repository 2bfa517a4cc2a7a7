import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { countBytes } from './sent-bytes.js';

/** What an answer's bytes are counted to be, and how many a caller received. */
async function counted(method: string, answer: (response: ServerResponse) => void) {
  let close: (bytes: number) => void = () => undefined;
  const closed = new Promise<number>((resolve) => (close = resolve));
  const server = createServer((_request, response) => {
    const bytes = countBytes(response);
    response.once('close', () => close(bytes()));
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const received = await new Promise<number>((resolve, reject) => {
    const ask = request({ port, host: '127.0.0.1', method, agent: false }, (incoming) => {
      let length = 0;
      incoming.on('data', (chunk: Buffer) => (length += chunk.length)).once('end', () => resolve(length));
    });
    ask.once('error', reject).end();
  });
  const sent = await closed;
  server.close();
  return { sent, received };
}

describe('the bytes of an answer', () => {
  it.each<[string, string, number, (response: ServerResponse) => void]>([
    ['a text in UTF-8', 'GET', 6, (response) => response.end('äöü')],
    ['a text in another encoding', 'GET', 3, (response) => response.end('äöü', 'latin1')],
    [
      'bytes in parts, and a callback',
      'GET',
      5,
      (response) => {
        response.write(Buffer.from('12'));
        response.write('34', () => undefined);
        response.end(new Uint8Array([53]), () => undefined);
      },
    ],
    ['nothing', 'GET', 0, (response) => response.end()],
    ['a callback alone', 'GET', 0, (response) => response.end(() => undefined)],
    ['the answer to HEAD', 'HEAD', 0, (response) => response.end('not sent')],
    ['an answer that has no body', 'GET', 0, (response) => response.writeHead(304).end('not sent')],
  ])('are counted of %s', async (_, method, bytes, answer) => {
    expect(await counted(method, answer)).toEqual({ sent: bytes, received: bytes });
  });
});
