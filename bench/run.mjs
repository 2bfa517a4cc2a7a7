/**
 * Every bench that needs Node alone, one after the other: `npm run bench`. Prints ratios, and writes them into
 * docs/reference/benchmarks.md. Takes a quarter of an hour; nothing else should run meanwhile.
 *
 * bench/stream measures the stack, which it needs: see there.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const benches = [
  { title: 'Backfill', program: 'bench/backfill/main.mjs' },
  { title: 'API', program: 'bench/api/main.mjs' },
  { title: 'Export', program: 'bench/export.mjs' },
  { title: 'Page', program: 'bench/page/main.mjs' },
];

/** @returns what it printed, which is shown as it comes. */
async function run(program) {
  const child = spawn(process.execPath, [join(root, program)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said += text;
    process.stdout.write(text);
  });
  const [status] = await once(child, 'close');
  if (status !== 0) throw new Error(`${program} ended with ${status}`);
  return said.trim();
}

const sections = [];
for (const { title, program } of benches) {
  console.log(`\n=== ${program}\n`);
  sections.push(`## ${title}\n\n\`node ${program}\`\n\n${await run(program)}\n`);
}
const commit = execFileSync('git', ['describe', '--always', '--dirty'], { cwd: root, encoding: 'utf8' }).trim();
const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`;
writeFileSync(
  join(root, 'docs/reference/benchmarks.md'),
  `# Benchmarks

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}, commit ${commit}, on ${machine}. What is compared was measured in the
same run; absolute figures are this machine's and this hour's, ratios less so. What limits them: [bench/README.md](../../bench/README.md).

${sections.join('\n')}`,
);
execFileSync(
  process.execPath,
  [join(root, 'node_modules/prettier/bin/prettier.cjs'), '--write', '--log-level=warn', 'docs/reference/benchmarks.md'],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
