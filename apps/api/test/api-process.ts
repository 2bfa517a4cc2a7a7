import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { environmentVariables } from '@weir/config';

const program = fileURLToPath(new URL('../bin/weir-api.js', import.meta.url));

/** Nobody listens there. */
export const nowhere: { readonly [variable: string]: string } = {
  WEIR_MODE: 'stack',
  DATABASE_URL: 'postgres://weir:hunter2@127.0.0.1:1/weir',
  CLICKHOUSE_HOST: '127.0.0.1',
  CLICKHOUSE_PORT: '1',
  KAFKA_BROKERS: '127.0.0.1:1',
  TEMPORAL_ADDRESS: '127.0.0.1:1',
  KEEPER_URL: 'http://127.0.0.1:1',
};

export interface LogLine {
  readonly level: string;
  readonly event: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

const running = new Set<ApiProcess>();

/** The program, with its log; every variable that is not named is at its default. */
export class ApiProcess {
  readonly log: LogLine[] = [];
  said = '';
  readonly ended: Promise<number | null>;
  private readonly child: ChildProcess;

  constructor(settings: { readonly [variable: string]: string }) {
    const defaults = Object.fromEntries(environmentVariables.map((variable) => [variable.name, variable.default]));
    this.child = spawn(process.execPath, [program], {
      env: { ...defaults, PORT: '0', BCRYPT_COST: '4', LOG_FORMAT: 'json', ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => this.heard(line));
    }
    this.ended = once(this.child, 'close').then(([status]) => {
      running.delete(this);
      return status as number | null;
    });
    running.add(this);
  }

  /** Waits until it has logged such a line. */
  async until(event: string): Promise<LogLine> {
    for (;;) {
      const line = this.log.find((each) => each.event === event);
      if (line) return line;
      const gone = await Promise.race([this.ended.then(() => true), new Promise((on) => setTimeout(on, 50))]);
      if (gone === true) throw new Error(`it ended before ${event}:\n${this.said}`);
    }
  }

  /** Where it serves. */
  async address(): Promise<string> {
    const { address } = await this.until('api_started');
    return String(address).replace('localhost', '127.0.0.1');
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    return this.ended;
  }

  private heard(line: string): void {
    this.said += `${line}\n`;
    if (line.startsWith('{')) this.log.push(JSON.parse(line) as LogLine);
  }
}

/** For afterEach: leaves none behind, whatever a test did. */
export async function endAll(): Promise<void> {
  await Promise.all([...running].map((each) => each.end('SIGKILL')));
}
