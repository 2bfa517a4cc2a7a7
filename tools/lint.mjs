/**
 * ESLint over the whole workspace. The rule for module boundaries reads Nx's graph of the projects and skips itself, with
 * no more than a warning, where there is none: so the graph is made first, and a run in which the rule was skipped fails.
 */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const env = { ...process.env, NX_DAEMON: 'false', NX_INTERACTIVE: 'false' };
const run = (bin, args) =>
  spawnSync(process.execPath, [join(root, 'node_modules', bin), ...args], {
    cwd: root,
    env,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });

const graph = run('nx/dist/bin/nx.js', ['show', 'projects']);
if (graph.status !== 0) {
  process.stderr.write(`${graph.stdout}${graph.stderr}lint: nx could not read the workspace\n`);
  process.exit(1);
}

const lint = run('eslint/bin/eslint.js', [
  '--max-warnings',
  '0',
  ...(process.argv.length > 2 ? process.argv.slice(2) : ['.']),
]);
const said = lint.stdout + lint.stderr;
const skipped = said.includes('The rule will be skipped');
process.stderr.write(said.replace(/^.*No cached ProjectGraph is available.*\n/gm, ''));
if (skipped)
  process.stderr.write('lint: the module boundaries were not checked, because Nx has no graph of the projects\n');
process.exit(lint.status === 0 && !skipped ? 0 : 1);
