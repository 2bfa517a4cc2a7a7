import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * The Python of a virtual environment (`name`) with what a requirements.txt names, made anew where that file has changed.
 * Throws, saying what to do, where there is no python3 or the installation fails.
 */
export function preparePython(root, name, requirements) {
  const folder = join(root, `node_modules/.cache/weir-${name}`);
  const python = join(folder, 'bin/python');
  const marker = join(folder, 'installed');
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return python;
  console.error(`Installing what ${relative(root, requirements)} names (once) …`);
  rmSync(folder, { recursive: true, force: true });
  run('python3', ['-m', 'venv', folder], 'python3 with its venv module is needed (Debian: python3-venv)');
  run(
    python,
    ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements],
    'it could not be installed from PyPI; see above',
  );
  writeFileSync(marker, wanted);
  return python;
}

function run(program, words, otherwise) {
  const { status } = spawnSync(program, words, { stdio: ['ignore', 2, 'inherit'] });
  if (status !== 0) throw new Error(otherwise);
}
