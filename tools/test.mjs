/** Runs the named suites (unit, integration, data, stack), each in a Jest of its own, and adds up what they say. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const words = process.argv.slice(2);
const suites = words.filter((word) => ['unit', 'integration', 'data', 'stack'].includes(word));
const passOn = words.filter((word) => !suites.includes(word));
const results = mkdtempSync(join(tmpdir(), 'weir-tests-'));
const total = { passed: 0, failed: 0 };
let status = 0;

for (const suite of suites) {
  const outputFile = join(results, `${suite}.json`);
  const run = spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      join(root, 'node_modules/jest/bin/jest.js'),
      '--json',
      `--outputFile=${outputFile}`,
      ...passOn,
    ],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, WEIR_SUITE: suite, TZ: 'UTC', NX_DAEMON: 'false' },
    },
  );
  try {
    const summary = JSON.parse(readFileSync(outputFile, 'utf8'));
    total.passed += summary.numPassedTests;
    // A file that could not run at all counts as a failure; so do pending and todo tests, which prove nothing.
    total.failed +=
      summary.numFailedTests + summary.numRuntimeErrorTestSuites + summary.numPendingTests + summary.numTodoTests;
    if (summary.numTotalTests === 0) total.failed += 1;
  } catch {
    total.failed += 1;
  }
  if (run.status !== 0) status = 1;
}

rmSync(results, { recursive: true, force: true });
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(status !== 0 || total.failed > 0 ? 1 : 0);
