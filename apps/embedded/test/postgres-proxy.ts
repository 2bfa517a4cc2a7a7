import { connect, createServer, type Server, type Socket } from 'node:net';

/** Stands between a system and its PostgreSQL, to take it away and give it back. */
export class PostgresProxy {
  private server: Server | null = null;
  private readonly ends = new Set<Socket>();
  private silent = false;
  /** Connections that PostgreSQL got. */
  connections = 0;
  port = 0;

  /** @param upstream the Unix socket of PostgreSQL. */
  constructor(private readonly upstream: string) {}

  /** New connections get through; those that fell silent stay so, as after a failover. */
  async open(): Promise<void> {
    this.silent = false;
    if (this.server !== null) return;
    const server = createServer((client) => this.join(client));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(this.port, '127.0.0.1', resolve);
    });
    this.server = server;
    this.port = (server.address() as { port: number }).port;
  }

  /** Nobody listens any more, and all connections are cut. */
  async refuse(): Promise<void> {
    const { server } = this;
    this.server = null;
    for (const end of this.ends) end.destroy();
    if (server !== null) await new Promise((resolve) => server.close(resolve));
  }

  /** Connections are taken, and stay open, but nothing is answered any more. */
  hang(): void {
    this.silent = true;
    for (const end of this.ends) end.emit('silence');
  }

  private join(client: Socket): void {
    this.keep(client);
    if (this.silent) {
      client.resume();
      return;
    }
    this.connections += 1;
    const server = connect(this.upstream);
    this.keep(server);
    client.pipe(server).pipe(client);
    client.once('close', () => server.destroy());
    // PostgreSQL is gone, but its end of the connection does not tell.
    server.once('silence', () => {
      server.unpipe(client);
      client.unpipe(server);
      client.resume();
      server.destroy();
    });
    server.once('close', () => {
      if (!this.silent) client.destroy();
    });
  }

  private keep(end: Socket): void {
    this.ends.add(end);
    end.on('error', () => undefined).once('close', () => this.ends.delete(end));
  }
}
