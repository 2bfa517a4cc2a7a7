import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

export interface Ending {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
}

const running = new Set<Program>();

/** A program of the project in a process of its own, with all that it says. */
export class Program {
  stdout = '';
  stderr = '';
  readonly ended: Promise<Ending>;
  private readonly child: ChildProcessByStdio<null, Readable, Readable>;
  private readonly voice = new EventEmitter();

  /** @param environment all of it: nothing is inherited. */
  constructor(script: URL, args: readonly string[], environment: NodeJS.ProcessEnv) {
    this.child = spawn(process.execPath, [fileURLToPath(script), ...args], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
      this.voice.emit('heard');
    });
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
      this.voice.emit('heard');
    });
    this.ended = once(this.child, 'close').then(([status, signal]) => {
      running.delete(this);
      return { status, signal };
    });
    running.add(this);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Waits until it has said the pattern on stdout or stderr; a program that ends before is an error with all it said. */
  async until(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.stdout) ?? pattern.exec(this.stderr);
      if (found) return found;
      const ended = await Promise.race([once(this.voice, 'heard').then(() => null), this.ended]);
      if (ended) {
        throw new Error(
          `ended with ${ended.status ?? ended.signal} before it said ${pattern}:\n${this.stdout}${this.stderr}`,
        );
      }
    }
  }

  async end(signal: NodeJS.Signals): Promise<Ending> {
    this.child.kill(signal);
    return this.ended;
  }
}

/** For afterEach and afterAll: leaves no process behind, whatever a test did. */
export async function killPrograms(): Promise<void> {
  await Promise.all([...running].map((program) => program.end('SIGKILL')));
}
