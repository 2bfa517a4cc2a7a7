/**
 * Writes what is generated from the code and committed, so that a review sees it: `node tools/generate.mjs`. With
 * `--check` it writes nothing, names what differs, and exits with 1.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  MemoryAccounts,
  MemoryApiKeyRepository,
  MemoryIncidenceRepository,
  MemoryUserRepository,
} from '@weir/adapter-memory';
import { createApi, weirOpenApi } from '@weir/api';
import { kinds } from '@weir/catalogue';
import { environmentVariables } from '@weir/config';
import { DeadLettersService, PipelinesService, RunsService } from '@weir/operations';
import { definitionJsonSchema } from '@weir/pipeline';
import { describeMetrics, Metrics } from '@weir/telemetry';
import openApiTypes, { astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import { composeOnly, composeVariables } from './compose-variables.mjs';
import { quoteExamples } from './quote-examples.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const check = process.argv.includes('--check');

const inCompose = composeVariables(readFileSync(join(root, 'docker-compose.yml'), 'utf8'));
const onlyInCompose = composeOnly(
  inCompose,
  environmentVariables.map(({ name }) => name),
);

/** How docker compose treats a variable of the programs, where that is not as they do; else nothing. */
function composeNote({ name, default: fallback }) {
  if (!inCompose.has(name)) return ' Docker compose does not read it.';
  const other = inCompose.get(name);
  return other === fallback ? '' : ` In docker compose: ${other}`;
}

function environmentExample() {
  const entry = (comment, { name, default: fallback }) => [`# ${comment}`, `#${name}=${fallback}`, ''];
  return [
    '# Every variable that Weir reads, with its default, and behind them those that only docker-compose.yml reads. Copy to .env',
    '# and take the # away before those you change. What the environment itself says wins over .env. Made by tools/generate.mjs',
    '# from libs/config and docker-compose.yml.',
    '',
    ...environmentVariables.flatMap((each) =>
      entry(`${each.about} Expected: ${each.expected}.${composeNote(each)}`, each),
    ),
    '# Those that only docker-compose.yml reads. docs/operations/README.md says what they are for.',
    '',
    ...onlyInCompose.flatMap((each) => entry(each.about, each)),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

function environmentReference() {
  const code = (text) => (text === '' ? '' : `\`${text}\``);
  const rows = environmentVariables.map(
    ({ name, about, expected, default: fallback }) =>
      `| \`${name}\` | ${code(fallback)} | ${inCompose.has(name) ? code(inCompose.get(name)) : 'not read'} | ${expected} | ${about} |`,
  );
  const others = onlyInCompose.map(
    ({ name, about, default: fallback }) => `| \`${name}\` | ${code(fallback)} | ${about} |`,
  );
  return `# Environment

Made by \`tools/generate.mjs\` from \`libs/config\` and \`docker-compose.yml\`. The environment wins over \`.env\`, which wins over the default. A wrong
value stops the start, with every wrong variable named at once. \`docker compose\` reads the same \`.env\`, but has some defaults
of its own, and sets by itself what is "not read" there.

| variable | default | in docker compose | expected | meaning |
|---|---|---|---|---|
${rows.join('\n')}

## Docker compose

What only \`docker-compose.yml\` reads.

| variable | default | meaning |
|---|---|---|
${others.join('\n')}
`;
}

async function openApi() {
  const accounts = new MemoryAccounts();
  const app = await createApi({
    users: new MemoryUserRepository(accounts),
    keys: new MemoryApiKeyRepository(accounts),
    incidence: new MemoryIncidenceRepository(),
    // Nothing is asked of these: the document is made of the routes alone.
    runs: new RunsService(),
    pipelines: new PipelinesService(),
    deadLetters: new DeadLettersService(),
    workers: { all: async () => [] },
    health: [],
    readiness: () => ({ ready: true, waitingFor: null }),
    page: null,
    settings: {
      trustProxyHops: 0,
      rateLimits: { key: 0, address: 0, account: 0 },
      bcryptCost: 4,
      version: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
    },
    log: () => undefined,
    metrics: new Metrics({ version: '0', ofProcess: false }),
  });
  const document = weirOpenApi(app);
  await app.close();
  return JSON.stringify(document);
}

function metricsReference() {
  const { weir, ofProcess } = describeMetrics();
  const table = (metrics) => `| metric | type | labels | meaning |
|---|---|---|---|
${metrics.map(({ name, type, labels, about }) => `| \`${name}\` | ${type} | ${labels.map((label) => `\`${label}\``).join(', ')} | ${about} |`).join('\n')}`;
  return `# Metrics

Made by \`tools/generate.mjs\` from \`libs/telemetry\`. \`GET /metrics\` answers with them in Prometheus' text format, without a
key. Counters start at 0 with the process; units are seconds and bytes. No label holds a path, a key, an address or anything
else that a caller can make up.

## Weir

${table(weir)}

## The process

Measured by \`prom-client\`.

${table(ofProcess)}
`;
}

async function clientTypes(document) {
  return `// Made by tools/generate.mjs from openapi.json.\n\n${astToString(await openApiTypes(JSON.parse(document)))}`;
}

const document = await openApi();

/** Generated files, by path. */
const files = {
  '.env.example': environmentExample(),
  'docs/reference/environment.md': environmentReference(),
  'docs/reference/metrics.md': metricsReference(),
  'docs/reference/pipeline.schema.json': JSON.stringify(definitionJsonSchema(kinds)),
  'openapi.json': document,
  'libs/client/src/generated/weir-api.ts': await clientTypes(document),
  'README.md': quoteExamples(root, 'README.md'),
  'docs/guide/api.md': quoteExamples(root, 'docs/guide/api.md'),
};

const parsers = { '.json': 'json', '.md': 'markdown', '.ts': 'typescript' };
const different = [];
for (const [name, content] of Object.entries(files)) {
  const path = join(root, name);
  const options = (await resolveConfig(path)) ?? {};
  const parser = parsers[extname(name)];
  const text = parser ? await format(content, { ...options, parser }) : content;
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  different.push(name);
  if (check) continue;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const sample = spawnSync(
  process.execPath,
  [join(root, 'pipelines/covid/sample/generate.mjs'), ...(check ? ['--check'] : [])],
  {
    stdio: 'inherit',
  },
);
if (sample.status !== 0) different.push('pipelines/covid/sample');

if (check && different.length > 0) {
  console.error(`Out of date: ${different.join(', ')}. Run: npm run generate`);
  process.exit(1);
}
if (!check) console.log(different.length === 0 ? 'generated files were up to date' : `wrote ${different.join(', ')}`);
process.exit(0);
