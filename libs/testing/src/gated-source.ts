import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web server that keeps whoever asks waiting until the gate is opened: holds a load at a known place. */
export async function gatedSource(body: Buffer) {
  const waiting: ServerResponse[] = [];
  let isOpen = false;
  const server = createServer((_request, response) => {
    waiting.push(response);
    server.emit('asked');
    if (isOpen) answer();
  });
  const answer = () => {
    for (const response of waiting.splice(0)) response.end(body);
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/source`,
    /** Ends when somebody is waiting. */
    async asked(): Promise<void> {
      if (waiting.length === 0) await once(server, 'asked');
    },
    open(): void {
      isOpen = true;
      answer();
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
