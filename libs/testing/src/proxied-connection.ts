import { connect, type NetConnectOpts, type Socket } from 'node:net';
import type { Direction, Fault } from './fault-proxy.js';

/** What a connection tells its proxy. */
export interface ProxyEvents {
  forwarded(direction: Direction, bytes: number): void;
  /** Asked once the answer that is to be lost is there: may this connection lose it? */
  mayLoseAnswer(): boolean;
  reset(): void;
  closed(): void;
}

/** Bytes of a request that are kept, so that a pattern is found wherever the network cuts it. */
const KEPT = 1_024;

/** One connection through the proxy: both ends, and what goes from one to the other. */
export class ProxiedConnection {
  private readonly server: Socket | null;
  private readonly ways: { readonly [direction in Direction]: Way } | null;
  private fault: Fault = { kind: 'pass' };
  private silent: { readonly [direction in Direction]: boolean } = { to_server: false, to_client: false };
  private pattern = /(?:)/;
  /** The end of what the client sent; null once the pattern was seen: the next answer is the one to be lost. */
  private sent: string | null = '';
  private bytesLeft = 0;
  private isClosed = false;

  constructor(
    private readonly client: Socket,
    target: NetConnectOpts,
    fault: Fault,
    private readonly events: ProxyEvents,
  ) {
    client.once('close', () => this.close()).on('error', () => this.close());
    if (fault.kind === 'stall' && fault.direction === undefined) {
      // Nobody behind it: the server need not know.
      this.server = this.ways = null;
      client.on('data', () => undefined).on('end', () => this.close());
      return;
    }
    const server = connect({ ...target, allowHalfOpen: true });
    this.server = server;
    server.on('error', () => this.serverFailed());
    this.ways = { to_server: new Way(server), to_client: new Way(client) };
    this.join(client, 'to_server');
    this.join(server, 'to_client');
    this.meet(fault);
  }

  /** What is done from now on. Bytes under way are not touched by it. */
  meet(fault: Fault): void {
    this.fault = fault;
    if (fault.kind === 'stall') {
      const { direction } = fault;
      this.silent = {
        to_server: this.silent.to_server || direction !== 'to_client',
        to_client: this.silent.to_client || direction !== 'to_server',
      };
    }
    if (fault.kind === 'lose_answer') {
      this.pattern = new RegExp(fault.after ?? '', 'is');
      this.sent = '';
    }
    if (fault.kind === 'cut') this.bytesLeft = fault.bytes;
  }

  /** Ends it so that both ends see an error. */
  reset(): void {
    if (this.isClosed) return;
    this.events.reset();
    resetSocket(this.client);
    if (this.server) resetSocket(this.server);
    this.close();
  }

  private join(from: Socket, direction: Direction): void {
    from.on('data', (chunk) => this.carry(chunk, from, direction));
    from.on('end', () => {
      if (!this.silent[direction]) this.ways?.[direction].end(this.delay());
      // That the server is gone does not get through, but a client that gives up is let go.
      else if (direction === 'to_server') this.close();
    });
  }

  private carry(chunk: Buffer, from: Socket, direction: Direction): void {
    const way = this.ways?.[direction];
    if (way === undefined || this.silent[direction]) return;
    if (this.fault.kind === 'lose_answer' && this.losesAnswer(chunk, direction)) {
      this.reset();
      return;
    }
    const cut = this.fault.kind === 'cut' && this.fault.direction === direction;
    const part = cut ? chunk.subarray(0, this.bytesLeft) : chunk;
    if (cut) this.bytesLeft -= part.length;
    this.events.forwarded(direction, part.length);
    way.send(part, this.delay(), from);
    if (cut && this.bytesLeft === 0) way.afterAll(() => this.reset());
  }

  private losesAnswer(chunk: Buffer, direction: Direction): boolean {
    if (direction === 'to_client') return this.sent === null && this.events.mayLoseAnswer();
    if (this.sent === null) return false;
    const sent: string = this.sent + chunk.toString('latin1');
    this.sent = this.pattern.test(sent) ? null : sent.slice(-KEPT);
    return false;
  }

  private delay(): number {
    return this.fault.kind === 'delay' ? this.fault.milliseconds : 0;
  }

  private serverFailed(): void {
    if (!this.silent.to_client) resetSocket(this.client);
  }

  private close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.client.destroy();
    this.server?.destroy();
    this.events.closed();
  }
}

/** A Unix socket knows no reset: closing it is all there is. */
function resetSocket(socket: Socket): void {
  if (socket.destroyed) return;
  if (socket.remoteAddress === undefined) socket.destroy();
  else socket.resetAndDestroy();
}

/** One direction: keeps the order of what is delayed, and takes no more than the other end takes. */
class Way {
  private readonly waiting: { readonly due: number; readonly action: () => void }[] = [];
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly to: Socket) {}

  send(chunk: Buffer, delay: number, from: Socket): void {
    this.do(delay, () => {
      if (this.to.destroyed || this.to.write(chunk) || from.isPaused()) return;
      from.pause();
      this.to.once('drain', () => from.resume());
    });
  }

  end(delay: number): void {
    this.do(delay, () => this.to.end());
  }

  /** When everything before it has been handed over. */
  afterAll(action: () => void): void {
    this.do(0, () => {
      if (this.to.writable) this.to.write('', action);
      else action();
    });
  }

  private do(delay: number, action: () => void): void {
    if (delay === 0 && this.waiting.length === 0) {
      action();
      return;
    }
    this.waiting.push({ due: Date.now() + delay, action });
    this.wait();
  }

  private wait(): void {
    const [next] = this.waiting;
    if (next === undefined || this.timer !== null) return;
    this.timer = setTimeout(
      () => {
        this.timer = null;
        this.waiting.shift();
        next.action();
        this.wait();
      },
      Math.max(0, next.due - Date.now()),
    );
  }
}
