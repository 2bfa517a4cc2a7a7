import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { FaultProxy, type Fault } from './fault-proxy.js';

/** Real sockets on both sides. The server answers each line with itself in capitals; "big N" with N bytes. */
let server: Server;
/** What the server has received, on all connections. */
let received: string;
const proxies: FaultProxy[] = [];
const clients: Client[] = [];

beforeAll(async () => {
  server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined).on('end', () => socket.end());
    let rest = '';
    socket.setEncoding('latin1').on('data', (text: string) => {
      received += text;
      server.emit('received');
      const lines = `${rest}${text}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const [, size] = /^big (\d+)$/.exec(line) ?? [];
        socket.write(size === undefined ? `${line.toUpperCase()}\n` : Buffer.alloc(Number(size), 'x'), 'latin1');
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

beforeEach(() => {
  received = '';
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.socket.destroy();
  for (const proxy of proxies.splice(0)) await proxy.stop();
});

afterAll(async () => {
  server.close();
  await once(server, 'close');
});

interface Client {
  readonly socket: Socket;
  heard: string;
  /** How it ended: an error code, or `ended`. */
  ending: string | null;
}

async function proxyBefore(port = (server.address() as AddressInfo).port): Promise<FaultProxy> {
  const proxy = new FaultProxy({ host: '127.0.0.1', port });
  proxies.push(proxy);
  await proxy.start();
  return proxy;
}

async function join(proxy: FaultProxy): Promise<Client> {
  const socket = connect(proxy.port, '127.0.0.1');
  const client: Client = { socket, heard: '', ending: null };
  clients.push(client);
  const happened = () => socket.emit('happened');
  socket.setEncoding('latin1').on('data', (text: string) => {
    client.heard += text;
    happened();
  });
  const end = (how: string) => {
    client.ending ??= how;
    happened();
  };
  socket.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message)).on('end', () => end('ended'));
  await Promise.race([once(socket, 'connect'), once(socket, 'happened')]);
  return client;
}

async function until(client: Client, holds: () => boolean): Promise<void> {
  while (!holds()) await once(client.socket, 'happened', { signal: AbortSignal.timeout(5_000) });
}

async function ask(client: Client, line: string): Promise<string> {
  const from = client.heard.length;
  client.socket.write(`${line}\n`, 'latin1');
  await until(client, () => client.heard.endsWith('\n') && client.heard.length > from);
  return client.heard.slice(from, -1);
}

async function endOf(client: Client): Promise<string | null> {
  await until(client, () => client.ending !== null);
  return client.ending;
}

async function untilReceived(text: string): Promise<void> {
  while (!received.includes(text)) await once(server, 'received', { signal: AbortSignal.timeout(5_000) });
}

describe('a fault proxy', () => {
  it('passes everything on, in both directions, and counts', async () => {
    const proxy = await proxyBefore();
    const [one, other] = [await join(proxy), await join(proxy)];
    expect([await ask(one, 'hello'), await ask(other, 'you'), await ask(one, 'again')]).toEqual([
      'HELLO',
      'YOU',
      'AGAIN',
    ]);
    expect(proxy.state).toEqual({
      fault: { kind: 'pass' },
      connections: 2,
      open: 2,
      bytes: { to_server: 16, to_client: 16 },
      reset: 0,
      lost_answers: 0,
    });
  });

  it('loses no byte of a large answer to a slow reader, nor of one whose asker has closed its half', async () => {
    const proxy = await proxyBefore();
    const client = await join(proxy);
    client.socket.pause();
    client.socket.end('big 20000000\n');
    await untilReceived('big');
    client.socket.resume();
    expect(await endOf(client)).toBe('ended');
    expect(client.heard).toHaveLength(20_000_000);
  });

  it('refuses: resets the connections there are, takes none, and takes them again when it passes', async () => {
    const proxy = await proxyBefore();
    const before = await join(proxy);
    await ask(before, 'hello');
    await proxy.set({ kind: 'refuse' });
    expect(await endOf(before)).toBe('ECONNRESET');
    expect(await endOf(await join(proxy))).toBe('ECONNREFUSED');
    expect(proxy.state).toMatchObject({ connections: 1, open: 0, reset: 1 });
    const { port } = proxy;
    await proxy.set({ kind: 'pass' });
    expect(proxy.port).toBe(port);
    expect(await ask(await join(proxy), 'back')).toBe('BACK');
  });

  it('stalls: takes connections and bytes and gives none; those stay silent, later ones pass', async () => {
    const proxy = await proxyBefore();
    const before = await join(proxy);
    await ask(before, 'hello');
    await proxy.set({ kind: 'stall' });
    const meanwhile = await join(proxy);
    before.socket.write('lost\n');
    meanwhile.socket.write('lost\n');
    await proxy.set({ kind: 'pass' });
    const after = await join(proxy);
    expect(await ask(after, 'there')).toBe('THERE');
    before.socket.write('still lost\n');
    expect(await ask(after, 'again')).toBe('AGAIN');
    expect([before.heard, meanwhile.heard, received]).toEqual(['HELLO\n', '', 'hello\nthere\nagain\n']);
    expect([before.ending, meanwhile.ending]).toEqual([null, null]);
    before.socket.end();
    meanwhile.socket.end();
    await Promise.all([endOf(before), endOf(meanwhile)]);
    expect(proxy.state).toMatchObject({ connections: 3, open: 1 });
  });

  it('stalls one direction: the request goes through, the answer never comes', async () => {
    const proxy = await proxyBefore();
    const client = await join(proxy);
    await proxy.set({ kind: 'stall', direction: 'to_client' });
    client.socket.write('insert\n');
    await untilReceived('insert\n');
    await proxy.set({ kind: 'pass' });
    client.socket.write('another\n');
    await untilReceived('another\n');
    expect([client.heard, client.ending]).toEqual(['', null]);
  });

  it('loses the answer to the request that a pattern finds, wherever the network cuts it, and to no other', async () => {
    const proxy = await proxyBefore();
    await proxy.set({ kind: 'lose_answer', after: 'insert.into' });
    const [asker, other] = [await join(proxy), await join(proxy)];
    expect(await ask(asker, 'select')).toBe('SELECT');
    asker.socket.setNoDelay(true).write('please INSE');
    await untilReceived('INSE');
    asker.socket.write('RT+INTO t\n');
    expect(await endOf(asker)).toBe('ECONNRESET');
    expect([received, asker.heard]).toEqual(['select\nplease INSERT+INTO t\n', 'SELECT\n']);
    // Once, unless it is told how often.
    expect(await ask(other, 'insert into t')).toBe('INSERT INTO T');
    expect(proxy.state).toMatchObject({ fault: { kind: 'pass' }, lost_answers: 1, reset: 1 });
  });

  it('loses as many answers as it is told, whatever was asked, and those of bytes that are no text', async () => {
    const proxy = await proxyBefore();
    await proxy.set({ kind: 'lose_answer', times: 2 });
    for (const line of ['one', 'two']) {
      const client = await join(proxy);
      client.socket.write(`${line}\n`);
      expect(await endOf(client)).toBe('ECONNRESET');
    }
    expect(await ask(await join(proxy), 'three')).toBe('THREE');
    await proxy.set({ kind: 'lose_answer', after: '\\xff\\x00.\\x01' });
    const binary = await join(proxy);
    binary.socket.write(Buffer.from('ff00070a', 'hex'));
    await until(binary, () => binary.heard.length === 4);
    binary.socket.write(Buffer.from('ff000a010a', 'hex'));
    expect(await endOf(binary)).toBe('ECONNRESET');
    expect(received.slice(-9)).toBe('\xff\x00\x07\n\xff\x00\n\x01\n');
    expect(proxy.state.lost_answers).toBe(3);
  });

  it('tells whoever sets it of a pattern that is wrong', async () => {
    const proxy = await proxyBefore();
    await expect(proxy.set({ kind: 'lose_answer', after: '(' })).rejects.toThrow(SyntaxError);
    expect(proxy.fault).toEqual({ kind: 'pass' });
  });

  it('delays each piece, keeps their order when the delay ends, and loses none', async () => {
    const proxy = await proxyBefore();
    const client = await join(proxy);
    await proxy.set({ kind: 'delay', milliseconds: 150 });
    const began = Date.now();
    expect(await ask(client, 'slow')).toBe('SLOW');
    // Timers may be a millisecond early.
    expect(Date.now() - began).toBeGreaterThanOrEqual(298);
    client.socket.write('first\n');
    await untilReceived('first');
    await proxy.set({ kind: 'pass' });
    client.socket.write('second\n');
    await until(client, () => client.heard.endsWith('SECOND\n'));
    expect(client.heard).toBe('SLOW\nFIRST\nSECOND\n');
  });

  it.each<[Fault, string, string]>([
    [{ kind: 'cut', direction: 'to_client', bytes: 4 }, 'hello\n', 'HELL'],
    [{ kind: 'cut', direction: 'to_server', bytes: 4 }, 'hell', ''],
  ])('cuts with %j', async (fault, arrived, heard) => {
    const proxy = await proxyBefore();
    const client = await join(proxy);
    await ask(client, 'before');
    await proxy.set(fault);
    client.socket.write('hello\n');
    // libuv calls a reset that comes together with bytes an end.
    expect(['ECONNRESET', 'ended']).toContain(await endOf(client));
    expect([client.heard, received]).toEqual([`BEFORE\n${heard}`, `before\n${arrived}`]);
  });

  it('resets a client whose server is not there', async () => {
    const nobody = await proxyBefore();
    await nobody.set({ kind: 'refuse' });
    const proxy = await proxyBefore(nobody.port);
    expect(await endOf(await join(proxy))).toBe('ECONNRESET');
  });
});
