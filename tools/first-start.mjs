/**
 * What a newcomer does first, as they would: `npm start` on an empty home folder, wait until it is ready, register, ask
 * for figures, stop with Ctrl-C; and once more, which must add nothing. Exit status 1 if any of it goes wrong.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const home = mkdtempSync(join(tmpdir(), 'weir-first-start-'));
/** Milliseconds until the system must be ready: an installation, a build and a first load are in it. */
const PATIENCE = 300_000;

async function start() {
  const child = spawn('npm', ['start'], {
    cwd: root,
    env: { ...process.env, WEIR_HOME: home, PORT: '0', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said += text;
    process.stdout.write(text);
  });
  const ended = new Promise((resolve) => child.once('close', (status) => resolve(status)));
  const deadline = Date.now() + PATIENCE;
  let address;
  while (!(address = /^Ready: (\S+)/m.exec(said)?.[1])) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error('npm start did not become ready');
    await wait(100);
  }
  return {
    address,
    async stop() {
      process.kill(-child.pid, 'SIGINT');
      const status = await ended;
      if (!said.includes('Stopped.')) throw new Error(`npm start did not stop cleanly (status ${status})`);
    },
  };
}

async function ask(url, options) {
  const answer = await fetch(url, options);
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

async function figures(address, key) {
  const { data } = await ask(`${address}/covid/incidence?region=XA-01&from=2023-05-10&limit=10`, {
    headers: { 'x-key': key },
  });
  if (data.length !== 10) throw new Error(`10 rows were expected, ${data.length} came`);
  return JSON.stringify(data);
}

try {
  const account = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'newcomer@example.org', password: 'a long password' }),
  };
  const first = await start();
  const { api_key } = await ask(`${first.address}/users`, account);
  const before = await figures(first.address, api_key);
  await first.stop();

  const second = await start();
  if ((await figures(second.address, api_key)) !== before) throw new Error('a second start changed the figures');
  await second.stop();
} catch (error) {
  console.error(`first start: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(home, { recursive: true, force: true });
}
