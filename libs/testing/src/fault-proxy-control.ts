import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { FaultProxy, type Fault, type ProxyState } from './fault-proxy.js';

const KINDS: readonly Fault['kind'][] = ['pass', 'refuse', 'stall', 'lose_answer', 'delay', 'cut'];

/**
 * What proxies in another process, such as a container between two others, are told: `GET /` and `GET /<name>` tell
 * their state, `PUT /<name>` with a fault as JSON sets it and answers when it holds. Wrong requests are 400 or 404, with
 * what is wrong as text. There is no password: for networks of tests only.
 */
export function faultProxyControl(proxies: ReadonlyMap<string, FaultProxy>): Server {
  return createServer((request, response) => {
    answer(request, proxies).then(
      ({ status, body }) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
      (error: unknown) => response.writeHead(400).end(String(error)),
    );
  });
}

/** The same from the other side. */
export class RemoteFaultProxy {
  /** @param url of the control. @param name of the proxy there. */
  constructor(
    private readonly url: string,
    private readonly name: string,
  ) {}

  set(fault: Fault): Promise<ProxyState> {
    return this.ask({ method: 'PUT', body: JSON.stringify(fault) });
  }

  state(): Promise<ProxyState> {
    return this.ask({});
  }

  private async ask(init: RequestInit): Promise<ProxyState> {
    const answered = await fetch(`${this.url}/${this.name}`, init);
    if (!answered.ok) throw new Error(`proxy ${this.name} answered ${answered.status}: ${await answered.text()}`);
    return (await answered.json()) as ProxyState;
  }
}

/**
 * The program: `fault-proxy.mjs <control port> <name>=<port>:<host>:<port of the host>…`, for all addresses, until it is
 * killed.
 */
export async function runFaultProxies([control, ...ways]: readonly string[]): Promise<void> {
  const proxies = new Map<string, FaultProxy>();
  for (const way of ways) {
    const [, name, port, host, hostPort] = /^([\w-]+)=(\d+):([^:]+):(\d+)$/.exec(way) ?? [];
    if (name === undefined || host === undefined)
      throw new Error(`${way}: expected <name>=<port>:<host>:<port of the host>`);
    const proxy = new FaultProxy({ host, port: Number(hostPort) }, Number(port), '0.0.0.0');
    await proxy.start();
    proxies.set(name, proxy);
  }
  const server = faultProxyControl(proxies).listen(Number(control), '0.0.0.0');
  await once(server, 'listening');
}

async function answer(request: IncomingMessage, proxies: ReadonlyMap<string, FaultProxy>) {
  const name = (request.url ?? '/').slice(1);
  if (name === '')
    return { status: 200, body: Object.fromEntries([...proxies].map(([each, { state }]) => [each, state])) };
  const proxy = proxies.get(name);
  if (proxy === undefined) return { status: 404, body: `there is no proxy ${name}` };
  if (request.method === 'PUT') {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
    const fault = JSON.parse(text) as Fault;
    if (!KINDS.includes(fault.kind)) throw new Error(`kind: expected one of ${KINDS.join(', ')}`);
    await proxy.set(fault);
  }
  return { status: 200, body: proxy.state };
}
