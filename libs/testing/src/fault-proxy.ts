import { once } from 'node:events';
import { createServer, type AddressInfo, type NetConnectOpts, type Server } from 'node:net';
import { ProxiedConnection } from './proxied-connection.js';

export type Direction = 'to_server' | 'to_client';

/** What a proxy does to connections, from when it is told until it is told otherwise. */
export type Fault =
  | { readonly kind: 'pass' }
  /** Nobody listens, and the connections that there are are reset. */
  | { readonly kind: 'refuse' }
  /**
   * Connections are taken and stay open, but bytes of one direction, or of both, vanish. A connection that fell silent
   * stays so until an end closes it, as after a failover; those made later pass.
   */
  | { readonly kind: 'stall'; readonly direction?: Direction }
  /**
   * Requests go through, but a connection is reset before the first byte of the answer; `times` connections (1), then all
   * is well. `after`: only once this regular expression was seen in what a client sent (bytes as Latin-1, so that it may
   * name any; `s` and `i` are on). What it finds has to fit into 1 KB.
   */
  | { readonly kind: 'lose_answer'; readonly after?: string; readonly times?: number }
  /** Each piece arrives so much later, in both directions. */
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** Each connection is reset after so many more bytes in one direction. */
  | { readonly kind: 'cut'; readonly direction: Direction; readonly bytes: number };

export interface ProxyState {
  readonly fault: Fault;
  /** Connections taken so far. */
  readonly connections: number;
  readonly open: number;
  readonly bytes: { readonly [direction in Direction]: number };
  /** Connections that a fault reset. */
  readonly reset: number;
  readonly lost_answers: number;
}

/** Our own TCP proxy: stands before a server and can be told, at any moment, to do what networks do. */
export class FaultProxy {
  private server: Server | null = null;
  private readonly live = new Set<ProxiedConnection>();
  private current: Fault = { kind: 'pass' };
  private readonly bytes = { to_server: 0, to_client: 0 };
  private answersToLose = 0;
  private lostAnswers = 0;
  private resets = 0;
  /** Connections taken so far. */
  connections = 0;
  /** Where it listens; chosen by the system at the first start if it was 0, and kept. */
  port: number;

  /** @param target where to, such as `{ host, port }` or `{ path }` of a Unix socket. */
  constructor(
    private readonly target: NetConnectOpts,
    port = 0,
    private readonly host = '127.0.0.1',
  ) {
    this.port = port;
  }

  get fault(): Fault {
    return this.current;
  }

  get state(): ProxyState {
    return {
      fault: this.current,
      connections: this.connections,
      open: this.live.size,
      bytes: { ...this.bytes },
      reset: this.resets,
      lost_answers: this.lostAnswers,
    };
  }

  /** Listens, and passes everything on. */
  async start(): Promise<void> {
    await this.set({ kind: 'pass' });
  }

  /** Nobody listens any more, and nothing of it is left. */
  async stop(): Promise<void> {
    await this.close();
  }

  /** Does this from now on. Ends when it holds: a port that is to refuse is closed, one that is to listen is open. */
  async set(fault: Fault): Promise<void> {
    if (fault.kind === 'lose_answer') {
      new RegExp(fault.after ?? ''); // a mistake is told to whoever made it, not in the middle of a connection
      this.answersToLose = fault.times ?? 1;
    }
    this.current = fault;
    for (const connection of this.live) connection.meet(fault);
    if (fault.kind === 'refuse') await this.close();
    else await this.listen();
  }

  private async listen(): Promise<void> {
    if (this.server !== null) return;
    // Either end may close its half first: Kafka's and PostgreSQL's clients do.
    const server = createServer({ allowHalfOpen: true }, (client) => {
      this.connections += 1;
      const connection = new ProxiedConnection(client, this.target, this.current, {
        forwarded: (direction, count) => (this.bytes[direction] += count),
        mayLoseAnswer: () => this.mayLoseAnswer(),
        reset: () => (this.resets += 1),
        closed: () => this.live.delete(connection),
      });
      this.live.add(connection);
    });
    server.listen(this.port, this.host);
    await once(server, 'listening');
    this.server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  private async close(): Promise<void> {
    const { server } = this;
    this.server = null;
    for (const connection of [...this.live]) connection.reset();
    if (server === null) return;
    server.close();
    await once(server, 'close');
  }

  private mayLoseAnswer(): boolean {
    if (this.answersToLose === 0) return false;
    this.answersToLose -= 1;
    this.lostAnswers += 1;
    // Not through set(): the connection that lost its answer is about to be reset, and the others stay as they are.
    if (this.answersToLose === 0) this.current = { kind: 'pass' };
    return true;
  }
}
