import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Does something in a folder that is gone afterwards. */
export async function withHome(work) {
  const home = await mkdtemp(join(tmpdir(), 'weir-bench-'));
  try {
    return await work(home);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/**
 * Starts the embedded system, as `npm start` does, on a free port, does something with it, and stops it: also where that
 * fails, or where the bench is asked to stop.
 * @param settings environment variables beside the home's.
 */
export async function withWeir(home, settings, work) {
  const child = spawn(process.execPath, [join(root, 'apps/embedded/bin/weir-embedded.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, WEIR_HOME: home, PORT: '0', LOG_LEVEL: 'warn', ...settings },
  });
  const ended = once(child, 'close');
  const interrupted = () => {
    child.kill('SIGKILL');
    process.exit(130);
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, interrupted);
  try {
    return await work({ address: await readiness(child), pid: child.pid });
  } finally {
    child.kill('SIGTERM');
    await ended;
    for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, interrupted);
  }
}

/** Resolves when the system says that it is ready, with its address. */
async function readiness(child) {
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const [, address] = /^Ready: (\S+)/.exec(line) ?? [];
    if (address === undefined) continue;
    // It goes on talking: a pipe that nobody reads would stop it.
    child.stdout.resume();
    return address;
  }
  throw new Error('the system ended before it was ready');
}

/** Registers somebody. @returns a key with the scope `data`. */
export async function register(address, email = 'bench@example.org') {
  const answer = await fetch(`${address}/users`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: 'at least 8 characters' }),
  });
  return (await answer.json()).api_key;
}

/** Bytes of memory that a process has occupied at most. Linux alone tells. */
export function peakMemory(pid) {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}
