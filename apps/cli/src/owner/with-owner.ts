import { spawn, type ChildProcess } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Config } from '@weir/config';
import { operationsClient, socketPath, type Operations } from '@weir/operations';
import { WeirError } from '@weir/pipeline';
import { root } from '../project.js';

/** How often, and how long apart (milliseconds), to look for an owner that is just starting or just ending. */
const LOOKS = 40;
const LOOK_EVERY = 250;

export interface OwnerOptions {
  /** Leave pending migrations of an owner that has to be started. */
  readonly unmigrated: boolean;
}

/**
 * Does something with the operations of the process that owns the home folder. Where there is none, one is started, and
 * ends with this process: its stdin closes.
 */
export async function withOwner<T>(
  config: Config,
  work: (operations: Operations) => Promise<T>,
  options: OwnerOptions,
): Promise<T> {
  const path = socketPath(config.home);
  const owner = await findOrStart(config, path, options);
  try {
    return await work(operationsClient(path));
  } finally {
    await owner?.end();
  }
}

async function findOrStart(config: Config, path: string, options: OwnerOptions): Promise<StartedOwner | null> {
  let refusal = '';
  for (let look = 0; look < LOOKS; look += 1) {
    if (await answers(path)) return null;
    const owner = await start(config, options);
    if (owner.ready) return owner;
    refusal = owner.said;
    // Somebody else owns the folder and does not answer yet, or not any more.
    if (!owner.inUse) break;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
  throw new WeirError('no_owner', refusal.trim() || 'the embedded system could not be started');
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

interface StartedOwner {
  readonly ready: boolean;
  readonly inUse: boolean;
  /** What it wrote to stderr before it was ready. */
  readonly said: string;
  end(): Promise<void>;
}

async function start(config: Config, { unmigrated }: OwnerOptions): Promise<StartedOwner> {
  const child = spawn(
    process.execPath,
    [join(root, 'apps/embedded/bin/weir-embedded.js'), '--commands', ...(unmigrated ? ['--unmigrated'] : [])],
    { cwd: root, stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, WEIR_HOME: config.home }, detached: true },
  );
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const ready = await Promise.race([firstLine(child), gone.then(() => '')]);
  return {
    ready: ready === 'ready',
    inUse: /is in use by/.test(said),
    get said() {
      return said;
    },
    async end() {
      child.stdin.end();
      await gone;
      if (said !== '') process.stderr.write(said);
    },
  };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    if (child.stdout) createInterface({ input: child.stdout }).once('line', resolve);
  });
}
