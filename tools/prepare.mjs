/**
 * Runs before `npm start`, `npm test` and `npm run check`: installs what the lock file names when that is not what
 * node_modules holds, then builds. Uses no dependency, because on a fresh clone there is none.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Weir needs Node 20.19 or newer; this is Node ${process.versions.node}.`);
  process.exit(1);
}

/** True when every package that the lock file wants here is installed in the version it names. */
function installed() {
  const hidden = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.includes('node_modules/')) return true;
    if (path in present) return present[path].version === entry.version && present[path].resolved === entry.resolved;
    // Binaries for other platforms are named by the lock file and not installed here.
    return entry.optional === true || entry.devOptional === true || entry.peer === true;
  });
}

if (!installed()) {
  console.error('Installing dependencies (npm ci); this happens once …');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
    env: { ...process.env, NX_DAEMON: 'false' },
  });
  if (status !== 0) {
    console.error('npm ci failed: see above. Nothing was started.');
    process.exit(1);
  }
}

const { build } = await import(pathToFileURL(join(root, 'tools/build.mjs')).href);
await build();
