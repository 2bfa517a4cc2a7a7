/**
 * Fuzzes the running system from its OpenAPI document with Schemathesis, in two rounds: with a key that may do everything,
 * and without any right. Before that the document and its examples are checked, and the example programs in curl and Python
 * run. Needs python3, bash and curl; Schemathesis comes from PyPI, pinned, into node_modules/.cache. `--seed N` and `--examples N` (for each operation) change what is asked.
 *
 * Prints how many cases ran, the request that reproduces each failure, and `N passed, N failed`: one for each operation
 * and round, for each example of the document, and for each program.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runExamples } from './fuzz/examples.mjs';
import { startSystem } from './fuzz/system.mjs';
import { preparePython } from './python.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tools = join(root, 'tools/fuzz');
const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: '20230515' },
    examples: { type: 'string', default: '250' },
  },
});
/** Cases of all rounds that make the result worth something. */
const ENOUGH = 5_000;
/** Seconds that one round may take. */
const PATIENCE = 900;

const work = mkdtempSync(join(tmpdir(), 'weir-fuzz-'));
const total = { passed: 0, failed: 0, cases: 0 };
let system;
try {
  const python = preparePython(root, 'fuzz', join(tools, 'requirements.txt'));
  system = await startSystem(root, join(work, 'home'));
  const document = await (await fetch(`${system.address}/openapi.json`)).json();
  const known = await whatThereIs(system, document);
  await checkDocument(python, document);
  const examples = runExamples(root, system.address);
  add(examples.passed, examples.failed);
  await round(python, 'with_key', { WEIR_FUZZ_KNOWN: JSON.stringify(known) }, [
    '--header',
    `x-key: ${system.keys.all}`,
  ]);
  const { all, data_only, pipelines_only, revoked } = system.keys;
  const wrong = { data_only, pipelines_only, invalid: [null, '', 'garbage', `${all}x`, otherSecret(all), revoked] };
  // Nobody has a right here: what is asked is turned away, however right it is.
  await round(python, 'without_right', { WEIR_FUZZ_WRONG_KEYS: JSON.stringify(wrong) }, [
    '--exclude-checks',
    'ignored_auth,negative_data_rejection,missing_required_header',
  ]);
  await system.stillAnswers();
  if (total.cases < ENOUGH) fail(`${total.cases} cases are fewer than ${ENOUGH}: raise --examples`);
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
} finally {
  await system?.stop();
  rmSync(work, { recursive: true, force: true });
}
console.log(`\n${total.cases} cases`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);

function fail(reason) {
  console.error(`fuzz: ${reason}`);
  total.failed++;
}

function add(passed, failed) {
  total.passed += passed;
  total.failed += failed;
}

/** Names that exist, for the fuzzer to ask for. */
async function whatThereIs({ address, keys }, { paths }) {
  const list = async (path, field) => {
    if (!(path in paths)) return [];
    const answer = await fetch(`${address}${path}`, { headers: { 'x-key': keys.all } });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    return (await answer.json()).data.map((each) => each[field]);
  };
  return {
    regions: await list('/covid/regions', 'region'),
    runs: await list('/runs', 'run_id'),
    pipelines: await list('/pipelines', 'pipeline_id'),
  };
}

/** The same key id with another secret; the checksum is that of the old one, and so is wrong. */
function otherSecret(key) {
  const [prefix, id, secret, checksum] = key.split('_');
  return [prefix, id, secret.split('').reverse().join(''), checksum].join('_');
}

async function checkDocument(python, document) {
  const file = join(work, 'openapi.json');
  writeFileSync(file, JSON.stringify(document));
  console.log('=== the document and its examples');
  const said = await run(python, [join(tools, 'check_document.py'), file]);
  const [, passed, failed] = /^(\d+) passed, (\d+) failed$/m.exec(said) ?? [null, 0, 1];
  add(Number(passed), Number(failed));
}

// One worker: the order of the requests is then the seed's, and Hypothesis' caches know nothing of threads.
async function round(python, name, env, extra) {
  console.log(`\n=== round ${name}, seed ${options.seed}`);
  const reports = join(work, name);
  await run(
    join(dirname(python), 'st'),
    [
      ...['run', `${system.address}/openapi.json`, '--checks', 'all', '--no-color', '--workers', '1'],
      ...['--seed', options.seed, '--max-examples', options.examples, '--continue-on-failure'],
      ...['--generation-database', 'none', '--request-timeout', '30', '--warnings', 'off'],
      ...['--report', 'junit,json', '--report-dir', reports, ...extra],
    ],
    { SCHEMATHESIS_HOOKS: 'hooks', PYTHONPATH: tools, WEIR_FUZZ_ROUND: name, ...env },
  );
  readReports(name, reports);
}

/** Shows what a program says, and returns it. Not synchronous: the system's own output must go on being read. */
async function run(program, words, env = {}) {
  const child = spawn(program, words, {
    cwd: work,
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: PATIENCE * 1000,
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', ...env },
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said += text;
    process.stdout.write(text);
  });
  await once(child, 'close');
  return said;
}

/** A round that did not come to its end, or left an operation out, has failed. */
function readReports(name, folder) {
  let files;
  try {
    files = readdirSync(folder).map((file) => join(folder, file));
  } catch {
    fail(`round ${name} left no report`);
    return;
  }
  const read = (extension) =>
    readFileSync(
      files.find((file) => file.endsWith(extension)),
      'utf8',
    );
  const { complete, operations, test_cases: cases } = JSON.parse(read('.json'));
  const suites = /<testsuites[^>]*>/.exec(read('.xml'))[0];
  const count = (name) => Number(new RegExp(` ${name}="(\\d+)"`).exec(suites)[1]);
  const broken = count('errors') + count('failures');
  total.cases += cases.generated;
  add(count('tests') - broken, broken);
  if (!complete) fail(`round ${name} did not end`);
  if (operations.tested !== operations.total)
    fail(`round ${name} tested ${operations.tested} of ${operations.total} operations`);
}
