import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds until the sample must be loaded. */
const PATIENCE = 300_000;

/**
 * The embedded system on a free port, with the sample, without limits and with cheap passwords, and keys of an operator's:
 * `all` may do everything, `data_only` and `pipelines_only` what they say, `revoked` nothing any more.
 */
export async function startSystem(root, home) {
  const env = {
    ...process.env,
    WEIR_HOME: home,
    PORT: '0',
    HOST: '127.0.0.1',
    BCRYPT_COST: '4',
    RATE_LIMIT_KEY: '0',
    RATE_LIMIT_ADDRESS: '0',
    RATE_LIMIT_ACCOUNT: '0',
    LOG_LEVEL: 'error',
    LOG_FORMAT: 'text',
  };
  const child = spawn(process.execPath, [join(root, 'apps/embedded/bin/weir-embedded.js')], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  try {
    const address = await untilReady(child);
    return {
      address,
      stop,
      keys: {
        all: createKey(root, env, 'fuzzer@example.org', 'data,pipelines'),
        data_only: createKey(root, env, 'data@example.org', 'data'),
        pipelines_only: createKey(root, env, 'pipelines@example.org', 'pipelines'),
        revoked: revokedKey(root, env),
      },
      /** Throws where all that was asked has brought it down. */
      async stillAnswers() {
        const { status } = await fetch(`${address}/health/ready`);
        if (status !== 200 || child.exitCode !== null) throw new Error(`the system no longer answers (${status})`);
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function untilReady(child) {
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (said += text));
  const deadline = Date.now() + PATIENCE;
  let address;
  while (!(address = /^Ready: (\S+)/m.exec(said)?.[1])) {
    const over = child.exitCode !== null || said.includes('Stop with Ctrl-C') || Date.now() > deadline;
    if (over) throw new Error(`the system did not become ready:\n${said}`);
    await wait(100);
  }
  return address.replace('localhost', '127.0.0.1');
}

function createKey(root, env, email, scopes) {
  return JSON.parse(weir(root, env, ['keys', 'create', '--email', email, '--scopes', scopes, '--json'])).api_key;
}

function revokedKey(root, env) {
  const key = createKey(root, env, 'revoked@example.org', 'data,pipelines');
  weir(root, env, ['keys', 'revoke', key.split('_')[1]]);
  return key;
}

function weir(root, env, words) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'apps/cli/bin/weir.js'), ...words], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`weir ${words.slice(0, 2).join(' ')} failed:\n${stdout}${stderr}`);
  return stdout;
}
