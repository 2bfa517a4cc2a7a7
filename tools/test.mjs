/**
 * Runs the named suites (unit, integration, page, data, stack), each in a Jest of its own, and adds up what they say. Before the sum
 * stands what failed, once more and all together.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const words = process.argv.slice(2);
const suites = words.filter((word) => ['unit', 'integration', 'page', 'data', 'stack'].includes(word));
const passOn = words.filter((word) => !suites.includes(word));
const results = mkdtempSync(join(tmpdir(), 'weir-tests-'));
const total = { passed: 0, failed: 0 };
const failures = [];
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
    failures.push(...summary.testResults.flatMap(whatFailed));
    if (summary.numTotalTests === 0) {
      total.failed += 1;
      failures.push(`FAILED ${suite}: no test was found`);
    }
  } catch (error) {
    total.failed += 1;
    failures.push(`FAILED ${suite}: ended without a result (${error.message})`);
  }
  if (run.status !== 0) status = 1;
}

rmSync(results, { recursive: true, force: true });
if (failures.length > 0) console.log(`\n${failures.join('\n\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(status !== 0 || total.failed > 0 ? 1 : 0);

/** Each failed test of a file, or the file that could not run, with the first lines of why. */
function whatFailed({ name, message, assertionResults }) {
  const file = relative(root, name);
  const tests = assertionResults.filter(({ status: ended }) => ended !== 'passed');
  if (tests.length === 0) return message === '' ? [] : [`FAILED ${file}\n${beginningOf(message)}`];
  return tests.map(
    ({ fullName, status: ended, failureMessages = [] }) =>
      `FAILED ${file}: ${fullName}\n${beginningOf(failureMessages.join('\n') || ended)}`,
  );
}

function beginningOf(message) {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.includes('/node_modules/'))
    .slice(0, 12);
  return lines.map((line) => `    ${line.slice(0, 400)}`).join('\n');
}
