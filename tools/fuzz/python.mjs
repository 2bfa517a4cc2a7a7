import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The Python of a virtual environment with what requirements.txt names, made anew where the file has changed. Throws,
 * saying what to do, where there is no python3 or the installation fails.
 */
export function preparePython(root) {
  const requirements = join(root, 'tools/fuzz/requirements.txt');
  const folder = join(root, 'node_modules/.cache/weir-fuzz');
  const python = join(folder, 'bin/python');
  const marker = join(folder, 'installed');
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return python;
  console.log('Installing Schemathesis (once) …');
  rmSync(folder, { recursive: true, force: true });
  run('python3', ['-m', 'venv', folder], 'python3 with its venv module is needed (Debian: python3-venv)');
  run(
    python,
    ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements],
    'Schemathesis could not be installed from PyPI; see above',
  );
  writeFileSync(marker, wanted);
  return python;
}

function run(program, words, otherwise) {
  const { status } = spawnSync(program, words, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(otherwise);
}
